using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cms.Audit;

/// <summary>
/// Reads the fields of an entity for the audit log. Short texts are recorded as they are, long ones are cut, and texts
/// without a maximum length, such as bodies, are represented by their hash.
/// </summary>
internal static class AuditFields
{
    /// <summary>The longest text that is recorded whole.</summary>
    public const int MaxText = 300;

    private const int MaxItems = 50;

    // These follow from the entry itself, unless they are marked as audited.
    private static readonly HashSet<string> Implied = ["Version", "UpdatedAt", "UpdatedBy", "ArticleId"];

    private static readonly ConcurrentDictionary<IReadOnlyPropertyBase, bool> Audited = [];

    /// <summary>Returns the fields of an entity that have a value.</summary>
    /// <param name="entry">The entity.</param>
    /// <param name="original">Whether to read the values that it had before this transaction.</param>
    public static SortedDictionary<string, object?> Of(EntityEntry entry, bool original)
    {
        // The id of a subject is in the entry. A part of a subject has its own id.
        var isPart = entry.Entity is IAudited { AuditPart: not null };
        var fields = Empty();
        foreach (var property in entry.Properties)
        {
            if (IsAudited(property.Metadata) && (isPart || !property.Metadata.IsPrimaryKey()))
            {
                Set(fields, property, original);
            }
        }

        foreach (var property in entry.ComplexProperties)
        {
            if (IsAudited(property.Metadata))
            {
                Set(fields, property, original);
            }
        }

        return fields;
    }

    /// <summary>Returns the fields that two versions do not have in common.</summary>
    /// <param name="before">The fields before.</param>
    /// <param name="after">The fields after.</param>
    public static (SortedDictionary<string, object?> Before, SortedDictionary<string, object?> After) Difference(
        IReadOnlyDictionary<string, object?> before,
        IReadOnlyDictionary<string, object?> after
    )
    {
        var (left, right) = (Empty(), Empty());
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (
                was is SortedDictionary<string, object?> wasObject
                && now is SortedDictionary<string, object?> nowObject
            )
            {
                var (inner, outer) = Difference(wasObject, nowObject);
                if (inner.Count > 0)
                {
                    (left[name], right[name]) = (inner, outer);
                }
            }
            else if (!Equals(was, now) && CanonicalJson.Write(was) != CanonicalJson.Write(now))
            {
                (left[name], right[name]) = (was, now);
            }
        }

        return (left, right);
    }

    public static SortedDictionary<string, object?> Empty() => new(StringComparer.Ordinal);

    /// <summary>Returns a text as it is recorded: cut if it is long, with the hash of the whole.</summary>
    public static string TextOf(string text)
    {
        var whole = Valid(text);
        return whole.Length <= MaxText
            ? whole
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{PlainLine.Cut(whole, MaxText)}… ({whole.Length} characters, {HashOf(whole)})"
            );
    }

    /// <summary>Reads fields that an entry contains. Their texts have been cut already.</summary>
    public static SortedDictionary<string, object?> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return (SortedDictionary<string, object?>)FromJson(document.RootElement, text => text)!;
    }

    /// <summary>Replaces halves of surrogate pairs, which no database can store.</summary>
    public static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    public static string TimeOf(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string HashOf(string text) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsAudited(IReadOnlyPropertyBase property) =>
        Audited.GetOrAdd(
            property,
            static p =>
                p.PropertyInfo is { } member
                && member.GetCustomAttribute<NotAuditedAttribute>() is null
                && (!Implied.Contains(p.Name) || member.GetCustomAttribute<AuditedAttribute>() is not null)
        );

    private static void Set(SortedDictionary<string, object?> fields, PropertyEntry property, bool original)
    {
        if (
            ValueOf(original ? property.OriginalValue : property.CurrentValue, property.Metadata.GetMaxLength()) is
            { } value
        )
        {
            fields[NameOf(property.Metadata)] = value;
        }
    }

    private static void Set(SortedDictionary<string, object?> fields, ComplexPropertyEntry property, bool original)
    {
        if (!original && property.CurrentValue is null)
        {
            return;
        }

        var inner = Empty();
        foreach (var part in property.Properties)
        {
            Set(inner, part, original);
        }

        foreach (var part in property.ComplexProperties)
        {
            Set(inner, part, original);
        }

        // An absent value has no texts, whatever EF stores for its numbers and enums.
        var isAbsent = property.Metadata.IsNullable && !inner.Values.Any(value => value is string { Length: > 0 });
        if (property.Metadata.ComplexType.ClrType == typeof(Contributor))
        {
            if (inner.GetValueOrDefault("name") is { } name)
            {
                fields[NameOf(property.Metadata)] = inner.GetValueOrDefault("key") is { } key
                    ? $"{name} ({key})"
                    : name;
            }
        }
        else if (!isAbsent)
        {
            fields[NameOf(property.Metadata)] = inner;
        }
    }

    private static object? ValueOf(object? value, int? maxLength) =>
        value switch
        {
            null => null,
            string text => maxLength is null ? HashOf(Valid(text)) : TextOf(text),
            bool => value,
            int or long or double => value,
            Enum option => JsonNamingPolicy.SnakeCaseUpper.ConvertName(option.ToString()),
            DateTimeOffset time => TimeOf(time),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IEntityId or PersonKey or Guid => value.ToString(),
            IEnumerable items => ListOf(items),
            _ => FromJson(JsonSerializer.SerializeToElement(value, value.GetType(), JsonSerializerOptions.Web), TextOf),
        };

    private static List<object?>? ListOf(IEnumerable items)
    {
        var all = items.Cast<object?>().ToList();
        var some = all.Take(MaxItems).Select(item => ValueOf(item, MaxText)).ToList();
        if (all.Count > MaxItems)
        {
            some.Add(string.Create(CultureInfo.InvariantCulture, $"… and {all.Count - MaxItems} more"));
        }

        return some.Count == 0 ? null : some;
    }

    private static object? FromJson(JsonElement json, Func<string, string> textOf) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => new SortedDictionary<string, object?>(
                json.EnumerateObject()
                    .ToDictionary(
                        member => member.Name,
                        member => FromJson(member.Value, textOf),
                        StringComparer.Ordinal
                    ),
                StringComparer.Ordinal
            ),
            JsonValueKind.Array => json.EnumerateArray().Select(item => FromJson(item, textOf)).ToList(),
            JsonValueKind.String => textOf(json.GetString()!),
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    private static string NameOf(IReadOnlyPropertyBase property) =>
        JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
