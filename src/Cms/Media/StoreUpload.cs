using Cms.Access;
using Cms.Results;

namespace Cms.Media;

/// <summary>A file that comes with the request.</summary>
public sealed record StoreUploadInput
{
    /// <summary>What it is called.</summary>
    public required string FileName { get; init; }

    /// <summary>Its bytes, read once.</summary>
    public required Stream Content { get; init; }
}

/// <summary>Takes a file in one go: into quarantine, looked at, and into the library.</summary>
public sealed class StoreUpload(MediaIntake intake, CommitMediaUpload commit)
{
    public async Task<Result<MediaAsset>> Handle(StoreUploadInput input, Viewer by, CancellationToken cancellationToken)
    {
        var upload = await intake.OpenAsync(input.FileName, by.ToContributor(), cancellationToken);
        var received = await intake.ReceiveAsync(upload, input.Content, cancellationToken);
        return received.IsRefused
            ? received.Errors.ToList()
            : await commit.Handle(new CommitMediaUploadInput { UploadId = upload.Id }, by, cancellationToken);
    }
}
