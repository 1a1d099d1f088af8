using System.Buffers.Binary;
using System.Buffers.Text;

namespace Cms.GraphQL;

/// <summary>One value of a sort key: an integer, a floating-point number, or a time in Unix milliseconds.</summary>
public readonly record struct CursorKey(long Bits)
{
    /// <exception cref="RequestError">The value is not a valid time, so this server did not write it.</exception>
    public DateTimeOffset AsTime() =>
        Bits >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && Bits <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(Bits)
            : throw Cursor.Foreign();

    /// <exception cref="RequestError">The value is not a finite number, so this server did not write it.</exception>
    public double AsDouble() =>
        BitConverter.Int64BitsToDouble(Bits) is var value && double.IsFinite(value) ? value : throw Cursor.Foreign();

    public static implicit operator CursorKey(long value) => new(value);

    public static implicit operator CursorKey(double value) => new(BitConverter.DoubleToInt64Bits(value));

    public static implicit operator CursorKey(DateTimeOffset value) => new(value.ToUnixTimeMilliseconds());
}

/// <summary>
/// A position in one list: the hash of the list, then an item's sort keys and its id. Clients receive it as opaque
/// text: the base64url encoding (RFC 4648 §5) of a version byte, the hash, the keys and the id.
/// </summary>
public static class Cursor
{
    /// <summary>The most sort keys in a cursor, not counting the id.</summary>
    public const int MaxKeys = 4;

    private const byte Version = 1;
    private const int Head = 1 + sizeof(ulong);
    private const int Id = 16;
    private const int MaxBytes = Head + (MaxKeys * sizeof(long)) + Id;

    public static string Write<TId>(ListHash list, TId id, params ReadOnlySpan<CursorKey> keys)
        where TId : struct, IEntityId<TId> => Write(list, id.Value, keys);

    public static string Write(ListHash list, Guid id, params ReadOnlySpan<CursorKey> keys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, MaxKeys, nameof(keys));
        Span<byte> bytes = stackalloc byte[Head + (keys.Length * sizeof(long)) + Id];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], list.Value);

        for (var i = 0; i < keys.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes[(Head + (i * sizeof(long)))..], keys[i].Bits);
        }

        id.TryWriteBytes(bytes[^Id..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the id, and fills <paramref name="keys"/> with the sort keys.</summary>
    /// <exception cref="RequestError">The cursor was not written for this list.</exception>
    public static TId Read<TId>(ListHash list, string cursor, Span<CursorKey> keys)
        where TId : struct, IEntityId<TId> => new() { Value = Read(list, cursor, keys) };

    /// <inheritdoc cref="Read{TId}" />
    public static Guid Read(ListHash list, string cursor, Span<CursorKey> keys)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes + 3];
        var length = Head + (keys.Length * sizeof(long)) + Id;

        if (
            cursor.Length != Base64Url.GetEncodedLength(length)
            || !Base64Url.IsValid(cursor)
            || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
            || written != length
            || bytes[0] != Version
            || BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]) != list.Value
        )
        {
            throw Foreign();
        }

        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = BinaryPrimitives.ReadInt64BigEndian(bytes[(Head + (i * sizeof(long)))..]);
        }

        return new Guid(bytes.Slice(length - Id, Id), bigEndian: true);
    }

    public static RequestError Foreign() =>
        new(
            ErrorCodes.CursorInvalid,
            "This cursor belongs to a different list. Use a cursor from the same field with the same order and filter."
        );
}
