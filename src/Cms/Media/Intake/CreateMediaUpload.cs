using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.People;

namespace Cms.Media.Intake;

/// <summary>The file to upload.</summary>
public sealed record CreateMediaUploadInput : MutationInput
{
    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>
    /// The size of the file, in bytes. If you give the size, a file that is too large is rejected before you send it.
    /// </summary>
    public int? Bytes { get; init; }
}

/// <summary>An HTTP header to send with a file.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">The header's value.</param>
public sealed record UploadHeader(string Name, string Value);

/// <summary>An upload that accepts one file for a limited time.</summary>
/// <param name="UploadId">The upload's id. Pass it to commitMediaUpload after the file has been sent.</param>
/// <param name="UploadUrl">The URL to send the file's bytes to.</param>
/// <param name="Method">The HTTP method to use.</param>
/// <param name="Headers">The HTTP headers to send with the file.</param>
/// <param name="ExpiresAt">When the URL stops accepting the file.</param>
public sealed record OpenUpload(
    MediaUploadId UploadId,
    string UploadUrl,
    string Method,
    IReadOnlyList<UploadHeader> Headers,
    DateTimeOffset ExpiresAt
);

/// <summary>
/// Creates an upload. The client does not send the file through GraphQL, but directly to the store if the store accepts
/// files from browsers, and otherwise to an endpoint of this server.
/// </summary>
public sealed class CreateMediaUpload(Quarantine quarantine, IBlobStore store)
{
    /// <summary>How long the URL accepts the file.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public async Task<Result<OpenUpload>> Handle(
        CreateMediaUploadInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (input.Bytes < 1)
        {
            return new ImageEmpty { Path = ["bytes"] };
        }

        if (input.Bytes > MediaUpload.MaxBytes)
        {
            return new MediaTooLarge(input.Bytes.Value, MediaUpload.MaxBytes) { Path = ["bytes"] };
        }

        var upload = await quarantine.OpenAsync(input.FileName, actor, cancellationToken);
        var ticket = await store.CreateUploadTicketAsync(
            BlobKey.Quarantine(upload.Id),
            MediaUpload.MaxBytes,
            Lifetime,
            cancellationToken
        );
        return new OpenUpload(
            upload.Id,
            ticket.Url,
            ticket.Method,
            [.. ticket.Headers.Select(header => new UploadHeader(header.Key, header.Value))],
            ticket.ExpiresAt
        );
    }
}
