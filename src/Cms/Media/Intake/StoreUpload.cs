using Cms.GraphQL;
using Cms.People;

namespace Cms.Media.Intake;

/// <summary>A file that is sent with the request.</summary>
public sealed record StoreUploadInput
{
    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>The file's bytes, which are read once.</summary>
    public required Stream Content { get; init; }

    /// <summary>
    /// Returns whether the request contains another file. If it does, no file is saved. This function is called after
    /// the first file has been received.
    /// </summary>
    public Func<CancellationToken, Task<bool>>? HasAnother { get; init; }
}

/// <summary>Receives a file into quarantine, inspects it and adds it to the library, all in one request.</summary>
public sealed class StoreUpload(Quarantine quarantine, CommitMediaUpload commit)
{
    public async Task<Result<MediaAsset>> Handle(
        StoreUploadInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        actor = actor.For("uploadMedia");
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
            // The rest of the request could not be read.
            await quarantine.AbandonAsync(upload, CancellationToken.None);
            throw;
        }
    }
}
