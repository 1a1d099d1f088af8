using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cms.GraphQL;

/// <summary>
/// A hash that identifies a list by its root, order and filter (FNV-1a, 64 bits). It is the same on every replica and
/// after a restart, because cursors contain it.
/// </summary>
public readonly record struct ListHash(ulong Value)
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Returns the hash of a list, such as <c>articles</c> or <c>category.articles</c>.</summary>
    public static ListHash Of(string name) => new ListHash(Offset).With(name);

    /// <summary>Returns the hash with <paramref name="part"/> included.</summary>
    public ListHash With(string? part) =>
        part is null ? Add([0]) : Add([1]).Add(MemoryMarshal.AsBytes(part.AsSpan())).Add([0, 0]);

    /// <summary>Returns the hash with a filter or an order included: a record of input values.</summary>
    public ListHash With<T>(T? part)
        where T : class => part is null ? Add([0]) : Add(JsonSerializer.SerializeToUtf8Bytes(part));

    /// <summary>Returns the hash with the id of the list's parent included.</summary>
    public ListHash With(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return Add(bytes);
    }

    private ListHash Add(ReadOnlySpan<byte> bytes)
    {
        var hash = Value;

        foreach (var b in bytes)
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return new(hash);
    }
}
