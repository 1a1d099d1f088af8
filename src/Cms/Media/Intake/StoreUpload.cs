using Cms.GraphQL;
using Cms.People;

namespace Cms.Media.Intake;

/// <summary>A file that comes with the request.</summary>
public sealed record StoreUploadInput
{
    /// <summary>What it is called.</summary>
    public required string FileName { get; init; }

    /// <summary>Its bytes, read once.</summary>
    public required Stream Content { get; init; }

    /// <summary>Tells, once the file has been read, whether it came with another, of which nobody could say which was meant.</summary>
    public Func<CancellationToken, Task<bool>>? HasAnother { get; init; }
}

/// <summary>Takes a file in one go: into quarantine, looked at, and into the library.</summary>
public sealed class StoreUpload(Quarantine quarantine, CommitMediaUpload commit)
{
    public async Task<Result<MediaAsset>> Handle(
        StoreUploadInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var upload = await quarantine.OpenAsync(input.FileName, actor, cancellationToken);
        var received = await quarantine.ReceiveAsync(upload, input.Content, cancellationToken);
        if (received.IsRefused)
        {
            return received.Errors.ToList();
        }

        if (await HasAnotherAsync(input, upload.Id, cancellationToken))
        {
            await quarantine.AbandonAsync(upload.Id, cancellationToken);
            return new SeveralFiles();
        }

        return await commit.Handle(new CommitMediaUploadInput { UploadId = upload.Id }, actor, cancellationToken);
    }

    private async Task<bool> HasAnotherAsync(
        StoreUploadInput input,
        MediaUploadId upload,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return input.HasAnother is { } ask && await ask(cancellationToken);
        }
        catch
        {
            // It broke off behind the file.
            await quarantine.AbandonAsync(upload, CancellationToken.None);
            throw;
        }
    }
}
