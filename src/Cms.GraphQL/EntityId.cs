using System.Diagnostics.CodeAnalysis;

namespace Cms.GraphQL;

/// <summary>
/// An identifier: a prefix for its kind, such as <c>art_</c>, and 32 hexadecimal digits. Older ids sort first.
/// </summary>
public interface IEntityId
{
    Guid Value { get; }
}

/// <inheritdoc cref="IEntityId" />
public interface IEntityId<TSelf> : IEntityId
    where TSelf : struct, IEntityId<TSelf>
{
    /// <summary>The letters before the underscore, unique to each kind of id.</summary>
    static abstract string Prefix { get; }

    new Guid Value { get; init; }
}

/// <summary>Creates, formats and parses identifiers (UUID version 7, RFC 9562).</summary>
public static class EntityId
{
    extension<TId>(TId)
        where TId : struct, IEntityId<TId>
    {
        public static TId New() => new() { Value = Guid.CreateVersion7() };

        /// <summary>Parses an id such as <c>art_0198…</c>. Returns null for any other text or kind of id.</summary>
        public static TId? Parse([NotNullWhen(true)] string? text) =>
            text is not null
            && text.Length == TId.Prefix.Length + 33
            && text.StartsWith(TId.Prefix, StringComparison.Ordinal)
            && text[TId.Prefix.Length] == '_'
            && Guid.TryParseExact(text.AsSpan(TId.Prefix.Length + 1), "N", out var value)
                ? new TId { Value = value }
                : null;

        public static bool operator <(TId left, TId right) => left.Value < right.Value;

        public static bool operator >(TId left, TId right) => left.Value > right.Value;
    }

    extension<TId>(TId id)
        where TId : struct, IEntityId<TId>
    {
        public string Format() => $"{TId.Prefix}_{id.Value:N}";
    }
}
