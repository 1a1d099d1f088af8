using System.Linq.Expressions;
using System.Text.Json;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cms.Data;

/// <summary>
/// Stores a GUID as sixteen big-endian bytes, which sort by creation time in both SQL Server and SQLite.
/// </summary>
internal sealed class GuidConverter()
    : ValueConverter<Guid, byte[]>(guid => guid.ToByteArray(true), bytes => new Guid(bytes, true));

/// <inheritdoc cref="GuidConverter" />
internal sealed class IdConverter<TId>() : ValueConverter<TId, byte[]>(ToBytes(), FromBytes())
    where TId : struct
{
    // These are expression trees, so that EF inlines them into its readers:
    // id.Value.ToByteArray(true) and new TId(new Guid(bytes, true)).
    private static Expression<Func<TId, byte[]>> ToBytes()
    {
        Expression<Func<Guid, byte[]>> write = guid => guid.ToByteArray(true);
        var id = Expression.Parameter(typeof(TId), "id");
        return Expression.Lambda<Func<TId, byte[]>>(
            new Substitution(write.Parameters[0], Expression.Property(id, nameof(IEntityId.Value))).Visit(write.Body),
            id
        );
    }

    private static Expression<Func<byte[], TId>> FromBytes()
    {
        Expression<Func<byte[], Guid>> read = bytes => new Guid(bytes, true);
        return Expression.Lambda<Func<byte[], TId>>(
            Expression.New(typeof(TId).GetConstructor([typeof(Guid)])!, read.Body),
            read.Parameters
        );
    }
}

/// <summary>Stores a person's key as sixteen bytes for the tenant id, then sixteen for the object id.</summary>
internal sealed class PersonConverter() : ValueConverter<PersonKey, byte[]>(key => Write(key), bytes => Read(bytes))
{
    private static byte[] Write(PersonKey key) =>
        [.. key.TenantId.ToByteArray(bigEndian: true), .. key.ObjectId.ToByteArray(bigEndian: true)];

    private static PersonKey Read(byte[] bytes) =>
        new(new Guid(bytes.AsSpan(0, 16), bigEndian: true), new Guid(bytes.AsSpan(16), bigEndian: true));
}

/// <summary>Stores a short list of words as one text, separated by spaces.</summary>
internal sealed class WordListConverter()
    : ValueConverter<IReadOnlyList<string>, string>(words => string.Join(' ', words), text => Read(text))
{
    public static ValueComparer<IReadOnlyList<string>> Comparer { get; } =
        new(
            (left, right) => left!.SequenceEqual(right!),
            list => list.Aggregate(0, (hash, word) => HashCode.Combine(hash, word)),
            list => list
        );

    private static string[] Read(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Stores a short list of enum values as one text: their names, separated by spaces.</summary>
internal sealed class EnumListConverter<TEnum>()
    : ValueConverter<IReadOnlyList<TEnum>, string>(values => string.Join(' ', values), text => Read(text))
    where TEnum : struct, Enum
{
    public static ValueComparer<IReadOnlyList<TEnum>> Comparer { get; } =
        new(
            (left, right) => left!.SequenceEqual(right!),
            list => list.Aggregate(0, (hash, value) => HashCode.Combine(hash, value)),
            list => list
        );

    private static TEnum[] Read(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<TEnum>)];
}

/// <summary>Stores a short list of ids as a JSON array of strings. Queries cannot search the list.</summary>
internal sealed class IdListConverter<TId>()
    : ValueConverter<IReadOnlyList<TId>, string>(list => Write(list), json => Read(json))
    where TId : struct, IEntityId<TId>
{
    public static ValueComparer<IReadOnlyList<TId>> Comparer { get; } =
        new(
            (left, right) => left!.SequenceEqual(right!),
            list => list.Aggregate(0, (hash, id) => HashCode.Combine(hash, id)),
            list => list
        );

    private static string Write(IReadOnlyList<TId> list) => JsonSerializer.Serialize(list.Select(id => id.Format()));

    private static IReadOnlyList<TId> Read(string json) =>
        [.. JsonSerializer.Deserialize<List<string>>(json)!.Select(text => EntityId.Parse<TId>(text)!.Value)];
}
