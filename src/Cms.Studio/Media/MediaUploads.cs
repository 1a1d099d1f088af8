using Cms.Studio.Api;

namespace Cms.Studio.Media;

/// <summary>Uploads files that a form has sent. Scripts send files to the store themselves, and show the progress.</summary>
internal static class MediaUploads
{
    /// <summary>What the dialog for files offers. The server checks what a file really is.</summary>
    public const string Accept = "image/jpeg,image/png,image/webp,image/avif,image/gif";

    // The server's own words for it, which also name the limit.
    private const string TooLarge = "An image must not exceed 25 MB. Make it smaller, then upload it.";

    /// <summary>Adds a file to the library.</summary>
    /// <returns>The id of the image, or why there is none.</returns>
    public static async Task<(string? Id, IReadOnlyList<Refusal> Refusals)> AddAsync(
        StudioApi api,
        StudioHost host,
        IFormFile file,
        CancellationToken cancellationToken
    )
    {
        var (uploadId, refusals) = await SendAsync(api, host, file, cancellationToken);
        if (uploadId is null)
        {
            return (null, refusals);
        }

        var answer = await api.SendAsync<CommittedUpload>(
            "StudioCommitUpload",
            new { input = new { uploadId, clientMutationId = uploadId } }
        );
        return (answer.CommitMediaUpload.Media?.Id, answer.CommitMediaUpload.Errors);
    }

    /// <summary>Sends a file to the store.</summary>
    /// <returns>The id of the upload, or why there is none.</returns>
    public static async Task<(string? UploadId, IReadOnlyList<Refusal> Refusals)> SendAsync(
        StudioApi api,
        StudioHost host,
        IFormFile file,
        CancellationToken cancellationToken
    )
    {
        var answer = await api.SendAsync<CreatedUpload>(
            "StudioCreateUpload",
            new { input = new { fileName = file.FileName, bytes = file.Length } }
        );
        if (answer.CreateMediaUpload is not { Upload: { } upload, Errors: [] })
        {
            return (null, answer.CreateMediaUpload.Errors);
        }

        await using var content = file.OpenReadStream();
        return await host.StoreFile(upload.UploadId, content, cancellationToken)
            ? (upload.UploadId, [])
            : (null, [new Refusal(TooLarge, [])]);
    }
}

/// <summary>The answer to a new upload.</summary>
public sealed record CreatedUpload(NewUpload CreateMediaUpload);

/// <summary>The upload, or why there is none.</summary>
public sealed record NewUpload(OpenUpload? Upload, IReadOnlyList<Refusal> Errors);

/// <summary>Where and how to send the file.</summary>
public sealed record OpenUpload(string UploadId, string UploadUrl, string Method, IReadOnlyList<UploadHeader> Headers);

/// <summary>A header to send with the file.</summary>
public sealed record UploadHeader(string Name, string Value);

/// <summary>The answer to a file that was sent.</summary>
public sealed record CommittedUpload(NewMedia CommitMediaUpload);

/// <summary>The image, or why there is none.</summary>
public sealed record NewMedia(Key? Media, IReadOnlyList<Refusal> Errors);

/// <summary>The answer to a file that replaces another one.</summary>
public sealed record ReplacedFile(Outcome ReplaceMediaFile);
