using System.Buffers.Binary;
using System.Buffers.Text;
using Cms.GraphQL;

namespace Cms.Changes;

/// <summary>
/// A position in the change log: the log's epoch and the number of the last change read. Clients treat it as opaque.
/// The format is base64url (RFC 4648 §5) of a version byte, the epoch and the number.
/// </summary>
internal readonly record struct ChangeCursor(Guid Epoch, long Seq)
{
    private const byte Version = 1;
    private const int Length = 1 + 16 + sizeof(long);

    public string Write()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        Epoch.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], Seq);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Returns the number of the last change that the client has read.</summary>
    /// <param name="cursor">The cursor from the client.</param>
    /// <param name="log">The end of the log.</param>
    /// <exception cref="RequestError">
    /// The text is not a cursor of a change log, or it belongs to a different log.
    /// </exception>
    public static long Read(string cursor, ChangeCursor log)
    {
        Span<byte> bytes = stackalloc byte[Length + 3];
        if (
            cursor.Length != Base64Url.GetEncodedLength(Length)
            || !Base64Url.IsValid(cursor)
            || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
            || written != Length
            || bytes[0] != Version
        )
        {
            throw new RequestError(
                ErrorCodes.CursorInvalid,
                "This cursor is not from the change log. Use one from changes { endCursor latest nodes { cursor } }."
            );
        }

        var (epoch, seq) = (
            new Guid(bytes.Slice(1, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(bytes[17..])
        );
        return epoch == log.Epoch && seq >= 0 && seq <= log.Seq
            ? seq
            : throw new RequestError(
                ErrorCodes.ChangesResync,
                "This cursor belongs to a different change log: the database was restored or created again. Read all content again, and continue from changes { latest }."
            );
    }
}
