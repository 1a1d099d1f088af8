using System.Text.Json;
using Cms.Studio.Api;

namespace Cms.Studio.Audit;

/// <summary>A page of the audit log.</summary>
public sealed record AuditData(AuditDesk? Desk);

/// <summary>The log, which only administrators see, and the people by whom it can be filtered.</summary>
public sealed record AuditDesk(AuditEntries? Audit, AuditPeople? People);

/// <summary>The people who have signed in as staff.</summary>
public sealed record AuditPeople(IReadOnlyList<AuditPerson> Nodes);

/// <summary>A member of staff.</summary>
public sealed record AuditPerson(string Name, string? Key);

/// <summary>Some entries, newest first.</summary>
public sealed record AuditEntries(IReadOnlyList<AuditEntry> Nodes, PageInfo PageInfo);

/// <summary>An entry: who did what, and which values changed.</summary>
public sealed record AuditEntry(
    int Number,
    DateTimeOffset At,
    string ActorName,
    string? ActorKey,
    AuditVia Via,
    string Action,
    string Subject,
    string? ArticleId,
    string Summary,
    JsonElement? Before,
    JsonElement? After
)
{
    /// <summary>How it was done.</summary>
    public string ViaWords =>
        Via switch
        {
            AuditVia.Http => "Sign-in or upload",
            AuditVia.Import => "Import",
            AuditVia.Server => "The server by itself",
            _ => "Change by a person",
        };

    /// <summary>Where the Studio shows what it was done to; null if it has no page for it.</summary>
    public string? Url =>
        ArticleId is { } article ? $"{Articles.ArticleFilter.Path}/{article}"
        : Subject.StartsWith("art_", StringComparison.Ordinal) ? $"{Articles.ArticleFilter.Path}/{Subject}"
        : Subject.StartsWith("cat_", StringComparison.Ordinal) ? $"/studio/categories/{Subject}"
        : Subject.StartsWith("tag_", StringComparison.Ordinal) ? $"/studio/tags/{Subject}"
        : Subject.StartsWith("src_", StringComparison.Ordinal) ? $"/studio/sources/{Subject}"
        : Subject.StartsWith("aut_", StringComparison.Ordinal) ? $"/studio/authors/{Subject}"
        : Subject.StartsWith("rdr_", StringComparison.Ordinal) ? "/studio/redirects"
        : Subject.StartsWith("fro_", StringComparison.Ordinal) ? "/studio/fronts"
        : Subject.StartsWith("prt_", StringComparison.Ordinal) ? Partners.PartnerWords.PathOf(Subject)
        : Subject.StartsWith("whk_", StringComparison.Ordinal) ? Webhooks.WebhookWords.PathOf(Subject)
        : null;

    /// <summary>The fields that were changed, with their values before and after.</summary>
    public IReadOnlyList<AuditValue> Values
    {
        get
        {
            var (before, after) = (FieldsOf(Before), FieldsOf(After));
            return
            [
                .. before
                    .Keys.Union(after.Keys, StringComparer.Ordinal)
                    .Select(name => new AuditValue(
                        name,
                        before.GetValueOrDefault(name),
                        after.GetValueOrDefault(name)
                    )),
            ];
        }
    }

    private static Dictionary<string, string> FieldsOf(JsonElement? values) =>
        values switch
        {
            { ValueKind: JsonValueKind.Object } fields => fields
                .EnumerateObject()
                .DistinctBy(field => field.Name, StringComparer.Ordinal)
                .ToDictionary(field => field.Name, field => InWords(field.Value), StringComparer.Ordinal),
            { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value => new(StringComparer.Ordinal)
            {
                [""] = InWords(value),
            },
            _ => new(StringComparer.Ordinal),
        };

    private static string InWords(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "nothing",
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(value, Indented),
            _ => value.GetRawText(),
        };

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>A field with its values; null where it had none.</summary>
public sealed record AuditValue(string Name, string? Before, string? After);

/// <summary>How something was done.</summary>
public enum AuditVia
{
    Http,
    Import,
    Mutation,
    Server,
}
