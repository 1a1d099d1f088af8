using System.Buffers.Binary;
using System.Buffers.Text;
using Cms.GraphQL;

namespace Cms.Partners.Log;

/// <summary>
/// A position in a partner's log. Partners treat it as opaque. The format is base64url (RFC 4648 §5) of a version byte, the
/// log's epoch, the number of the step, the article, and the number up to which removals are left out. It needs no
/// signature, because it says only where in the partner's own log to continue.
/// </summary>
/// <param name="Epoch">The log.</param>
/// <param name="Seq">The step of the last row that was read.</param>
/// <param name="Article">The article of that row.</param>
/// <param name="Fresh">
/// Removals up to this step are left out, because the partner began to read after them; 0 if there are none.
/// </param>
internal readonly record struct PartnerCursor(Guid Epoch, long Seq, Guid Article, long Fresh)
{
    private const byte Version = 2;
    private const int Length = 1 + 16 + sizeof(long) + 16 + sizeof(long);

    /// <summary>The position after all rows of a step.</summary>
    public static PartnerCursor After(Guid epoch, long seq) => new(epoch, seq, Guid.AllBitsSet, 0);

    public string Write()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        Epoch.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], Seq);
        Article.TryWriteBytes(bytes[25..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[41..], Fresh);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Returns the position that a cursor names.</summary>
    /// <param name="cursor">The cursor from the partner.</param>
    /// <param name="log">The partner's log.</param>
    /// <exception cref="RequestError">
    /// The text is not a cursor of a partner's log, it belongs to a different log, or removals after it were forgotten.
    /// </exception>
    public static PartnerCursor Read(string cursor, PartnerLog log)
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
                "This cursor is not from your changes. Use one from changes { endCursor latest nodes { cursor } }, or leave it out to begin."
            );
        }

        var read = new PartnerCursor(
            new Guid(bytes.Slice(1, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(bytes[17..]),
            new Guid(bytes.Slice(25, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(bytes[41..])
        );
        return
            read.Epoch == log.Epoch
            && read.Seq >= 0
            && read.Seq <= log.Seq
            && Math.Max(read.Seq, read.Fresh) >= log.ForgottenTo
            ? read
            : throw new RequestError(
                ErrorCodes.ChangesResync,
                $"This cursor cannot be continued: it is older than {UpdatePartnerLog.KeptFor.Days} days, or the newsroom's database was restored. Read changes without a cursor, and delete each copy that is not among them."
            );
    }
}
