using System.Globalization;
using Cms.Media.Images;
using Cms.Media.Intake;

namespace Cms.Media.Blobs;

/// <summary>
/// Creates and checks upload URLs of this server, for stores that clients cannot reach. Each URL accepts one file.
/// </summary>
public sealed class UploadTickets(MediaSigner signer, MediaAddresses addresses, TimeProvider clock)
{
    public const string Path = "/media/uploads";

    private const string Purpose = "upload";

    public UploadTicket Create(MediaUploadId upload, long maxBytes, TimeSpan lifetime)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var (max, expires) = (Text(maxBytes), Text(expiresAt.ToUnixTimeSeconds()));
        return new UploadTicket(
            $"{addresses.UploadUrl.TrimEnd('/')}{Path}/{upload}?max={max}&expires={expires}&s={signer.Sign(Purpose, Signed(upload, max, expires))}",
            "PUT",
            new Dictionary<string, string>(StringComparer.Ordinal),
            expiresAt
        );
    }

    /// <summary>
    /// Returns the maximum number of bytes that a ticket allows; null if the ticket is forged or has expired.
    /// </summary>
    public long? Admits(MediaUploadId upload, string? max, string? expires, string? signature) =>
        max is not null
        && expires is not null
        && signature is not null
        && signer.IsSigned(Purpose, Signed(upload, max, expires), signature)
        && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(expires, CultureInfo.InvariantCulture)
            ? long.Parse(max, CultureInfo.InvariantCulture)
            : null;

    private static string Signed(MediaUploadId upload, string max, string expires) => $"{upload}\n{max}\n{expires}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
