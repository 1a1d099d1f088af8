using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.People;

namespace Cms.Media.Intake;

/// <summary>A file that shall come.</summary>
public sealed record CreateMediaUploadInput
{
    /// <summary>What it is called.</summary>
    public required string FileName { get; init; }

    /// <summary>How large it is, in bytes, so that one that is too large is refused before it is sent.</summary>
    public int? Bytes { get; init; }
}

/// <summary>A header to send with a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record UploadHeader(string Name, string Value);

/// <summary>A way for a file, open for a while and for one file.</summary>
/// <param name="UploadId">Give it to commitMediaUpload once the file is sent.</param>
/// <param name="UploadUrl">Where to send the file's bytes.</param>
/// <param name="Method">By which HTTP method.</param>
/// <param name="Headers">What to send with them.</param>
/// <param name="ExpiresAt">Until when the address takes them.</param>
public sealed record OpenUpload(
    MediaUploadId UploadId,
    string UploadUrl,
    string Method,
    IReadOnlyList<UploadHeader> Headers,
    DateTimeOffset ExpiresAt
);

/// <summary>Opens a way for a file, past GraphQL: to the store itself where it takes files from browsers, else to our own endpoint.</summary>
public sealed class CreateMediaUpload(Quarantine quarantine, IBlobStore store)
{
    /// <summary>How long the address takes a file.</summary>
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
