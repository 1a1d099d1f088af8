using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Media;

[Slow]
public abstract class UploadTests(TestDatabase database) : DatabaseSuite(database)
{
    private const string File = "the-disk-said-yes.webp";

    [SkippableFact]
    public async Task An_uploaded_file_is_stored_unchanged_and_its_size_and_format_are_recorded()
    {
        var before = await QuarantineAsync();
        var asset = await Newsroom.UploadAsync(File);

        await using var original = await Store.OpenReadAsync(BlobKey.Original(asset.Sha256), default);
        using var stored = new MemoryStream();
        await original!.Content.CopyToAsync(stored);
        Assert.Equal(await System.IO.File.ReadAllBytesAsync(Pictures.PathOf(File)), stored.ToArray());
        Assert.Equal((1600, 900, ImageFormat.Webp), (asset.Width, asset.Height, asset.Format));
        Assert.Equal((File, 1, MediaGap.AltAndCredit), (asset.FileName, asset.Rev, asset.Gap));
        Assert.Equal(before, await QuarantineAsync());
    }

    [SkippableFact]
    public async Task Sixty_four_concurrent_uploads_of_one_file_create_one_blob_and_sixty_four_images()
    {
        var before = await QuarantineAsync();
        var assets = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(_ => Task.Run(() => Newsroom.UploadAsync("marrow-speech-without-a-signal.webp")))
        );

        await using var db = await OpenAsync();
        var sha256 = Assert.Single(assets.Select(asset => asset.Sha256).Distinct());
        Assert.Equal(64, assets.Select(asset => asset.Id).Distinct().Count());
        Assert.Equal(
            MediaBlobState.Ready,
            Assert.Single(await db.MediaBlobs.Where(b => b.Sha256 == sha256).ToListAsync()).State
        );
        Assert.Equal(64, await db.MediaAssets.CountAsync(a => a.Sha256 == sha256));
        Assert.Single(await KeysAsync($"{BlobKey.Originals}{sha256[..2]}/{sha256[2..4]}/{sha256}"));
        Assert.Equal(before, await QuarantineAsync());
    }

    [SkippableFact]
    public async Task Committing_an_upload_again_returns_the_same_image()
    {
        var upload = await SendAsync(File);

        var first = Newsroom.Value(await CommitAsync(upload));
        var again = Newsroom.Value(await CommitAsync(upload));

        await using var db = await OpenAsync();
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(MediaUploadState.Ready, (await db.MediaUploads.SingleAsync(u => u.Id == upload)).State);
    }

    [SkippableFact]
    public async Task Concurrent_commits_of_one_upload_return_the_same_image()
    {
        var upload = await SendAsync("parapet.png");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CommitAsync(upload))));

        Assert.Single(answers.Select(answer => Newsroom.Value(answer).Id).Distinct());
    }

    [SkippableFact]
    public async Task An_upload_is_visible_only_to_its_owner()
    {
        var upload = await SendAsync(File);

        var stranger = await Database
            .Get<CommitMediaUpload>()
            .Handle(new CommitMediaUploadInput { UploadId = upload }, GraphQLClient.Arlo.ToActor(), default);

        Assert.Equal(upload, Refusal<MediaUploadNotFound>(stranger.Errors).UploadId);
        Assert.False((await CommitAsync(upload)).IsRefused);
    }

    [SkippableFact]
    public async Task A_missing_file_can_still_be_sent_until_the_upload_expires()
    {
        var upload = await OpenUploadAsync();
        var missing = await CommitAsync(upload.UploadId);
        await PutAsync(upload.UploadId, File);
        var committed = await CommitAsync(upload.UploadId);
        var late = await SendAsync(File);
        Database.Clock.Advance(MediaUpload.Lifetime);

        Assert.Equal("uploadId", Assert.Single(Refusal<MediaNotReceived>(missing.Errors).Path));
        Assert.False(committed.IsRefused);
        Assert.Equal(late, Refusal<MediaUploadOver>((await CommitAsync(late)).Errors).UploadId);
    }

    [SkippableFact]
    public async Task A_file_that_is_not_an_image_ends_its_upload_and_is_removed()
    {
        var upload = await OpenUploadAsync();
        await PutAsync(upload.UploadId, new MemoryStream("<svg onload='alert(1)'/>"u8.ToArray()));

        var refused = await CommitAsync(upload.UploadId);
        var again = await CommitAsync(upload.UploadId);

        Assert.Equal("uploadId", Assert.Single(Refusal<NotAnImage>(refused.Errors).Path));
        Assert.Equal(upload.UploadId, Refusal<MediaUploadOver>(again.Errors).UploadId);
        Assert.DoesNotContain(upload.UploadId.ToString(), await QuarantineAsync());
    }

    [SkippableFact]
    public async Task A_file_that_is_too_large_is_rejected_before_and_during_the_upload()
    {
        var before = await QuarantineAsync();
        var declared = await Database
            .Get<CreateMediaUpload>()
            .Handle(
                new CreateMediaUploadInput { FileName = "big.jpg", Bytes = MediaUpload.MaxBytes + 1 },
                Newsroom.Erin,
                default
            );
        var sent = await Database
            .Get<StoreUpload>()
            .Handle(
                new StoreUploadInput
                {
                    FileName = "big.jpg",
                    Content = new MemoryStream(new byte[MediaUpload.MaxBytes + 1]),
                },
                Newsroom.Erin,
                default
            );

        Assert.Equal(MediaUpload.MaxBytes, Refusal<MediaTooLarge>(declared.Errors).Limit);
        Assert.Equal(MediaUpload.MaxBytes, Refusal<MediaTooLarge>(sent.Errors).Limit);
        Assert.Equal(before, await QuarantineAsync());
    }

    [SkippableFact]
    public async Task A_file_that_is_being_removed_cannot_be_reused()
    {
        var asset = await Newsroom.UploadAsync("oxbow.png");
        await using (var db = await OpenAsync())
        {
            (await db.MediaBlobs.SingleAsync(b => b.Sha256 == asset.Sha256)).Remove(Database.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }

        var upload = await SendAsync("oxbow.png");
        var refused = await CommitAsync(upload);

        Assert.Equal("uploadId", Assert.Single(Refusal<MediaBusy>(refused.Errors).Path));
        Assert.Contains(upload.ToString(), await QuarantineAsync());
    }

    [SkippableTheory]
    [InlineData("umbra.png", "marrow.png", "MediaSwapped")]
    [InlineData("quillon.png", null, "MediaNotReceived")]
    public async Task A_file_replaced_or_deleted_before_it_is_stored_is_rejected_and_can_be_sent_again(
        string file,
        string? other,
        string refusal
    )
    {
        var upload = await SendAsync(file);
        await using var services = await Database.BuildAsync(more =>
            more.AddSingleton<IBlobStore>(new Swapping(Store, other))
        );

        var refused = await services
            .GetRequiredService<CommitMediaUpload>()
            .Handle(new CommitMediaUploadInput { UploadId = upload }, Newsroom.Erin, default);
        if (other is null)
        {
            await PutAsync(upload, file);
        }

        var committed = Newsroom.Value(await CommitAsync(upload));

        Assert.Equal([$"{refusal} at uploadId"], Named(refused.Errors));
        Assert.Equal("picture.webp", committed.FileName);
        await using var original = await Store.OpenReadAsync(BlobKey.Original(committed.Sha256), default);
        Assert.Equal(
            committed.Sha256,
            Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(original!.Content))
        );
    }

    [SkippableFact]
    public async Task A_file_that_takes_too_long_to_read_is_rejected_and_ends_its_upload()
    {
        using var hurried = new ImageGate(1, 8, TimeSpan.FromMilliseconds(1));
        var upload = await SendAsync("leaked-secrets-half-life.jpg");
        await using var services = await Database.BuildAsync(more => more.AddSingleton(hurried));

        var refused = await services
            .GetRequiredService<CommitMediaUpload>()
            .Handle(new CommitMediaUploadInput { UploadId = upload }, Newsroom.Erin, default);

        Assert.Equal(["ImageTooSlow at uploadId"], Named(refused.Errors));
        Assert.Equal(upload, Refusal<MediaUploadOver>((await CommitAsync(upload)).Errors).UploadId);
    }

    [SkippableFact]
    public async Task Replacing_the_file_of_an_image_keeps_its_id_texts_and_rights()
    {
        var asset = await Newsroom.ImageAsync(File);
        var upload = await SendAsync("the-disk-said-yes-writes.png");

        var replaced = Newsroom.Value(await ReplaceAsync(asset.Id, upload, asset.Version));
        var again = Newsroom.Value(await ReplaceAsync(asset.Id, upload, asset.Version));
        var late = await ReplaceAsync(asset.Id, await SendAsync(File), asset.Version);

        Assert.Equal((asset.Id, 2, ImageFormat.Png), (replaced.Id, replaced.Rev, replaced.Format));
        Assert.Equal((asset.Alt, asset.Rights), (replaced.Alt, replaced.Rights));
        Assert.NotEqual(asset.Sha256, replaced.Sha256);
        Assert.Equal(replaced.Rev, again.Rev);
        Assert.Equal(replaced.Version, Refusal<VersionConflict>(late.Errors).CurrentVersion);
    }

    private IBlobStore Store => Database.Get<IBlobStore>();

    private async Task<MediaUploadId> SendAsync(string file)
    {
        var upload = await OpenUploadAsync();
        await PutAsync(upload.UploadId, file);
        return upload.UploadId;
    }

    private async Task<OpenUpload> OpenUploadAsync() =>
        Newsroom.Value(
            await Database
                .Get<CreateMediaUpload>()
                .Handle(new CreateMediaUploadInput { FileName = "picture.webp" }, Newsroom.Erin, default)
        );

    private async Task PutAsync(MediaUploadId upload, string file)
    {
        await using var content = Pictures.Open(file);
        await PutAsync(upload, content);
    }

    private async Task PutAsync(MediaUploadId upload, Stream content) =>
        Assert.Equal(
            BlobPut.Created,
            await Store.PutAsync(
                BlobKey.Quarantine(upload),
                content,
                "application/octet-stream",
                null,
                MediaUpload.MaxBytes,
                default
            )
        );

    private Task<Result<MediaAsset>> CommitAsync(MediaUploadId upload) =>
        Database
            .Get<CommitMediaUpload>()
            .Handle(new CommitMediaUploadInput { UploadId = upload }, Newsroom.Erin, default);

    private Task<Result<MediaAsset>> ReplaceAsync(MediaId id, MediaUploadId upload, int version) =>
        Database
            .Get<ReplaceMediaFile>()
            .Handle(
                new ReplaceMediaFileInput
                {
                    Id = id,
                    UploadId = upload,
                    ExpectedVersion = version,
                },
                Newsroom.Erin,
                default
            );

    private async Task<List<string>> QuarantineAsync() =>
        [.. (await KeysAsync(BlobKey.Quarantined)).Select(key => key[BlobKey.Quarantined.Length..])];

    private async Task<List<string>> KeysAsync(string prefix) =>
        [.. (await Store.ListAsync(prefix, null, default)).Blobs.Select(blob => blob.Key.Value)];
}

/// <summary>A blob store that deletes or replaces an uploaded file as soon as it is opened.</summary>
internal sealed class Swapping(IBlobStore store, string? other) : IBlobStore
{
    public async Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    )
    {
        var reading = await store.OpenReadAsync(key, range, ifNoneMatch, cancellationToken);
        if (key.Value.StartsWith(BlobKey.Quarantined, StringComparison.Ordinal))
        {
            await store.DeleteAsync(key, cancellationToken);
            if (other is not null)
            {
                await using var content = Pictures.Open(other);
                await store.PutAsync(key, content, "image/png", null, MediaUpload.MaxBytes, cancellationToken);
            }
        }

        return reading;
    }

    public Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    ) => store.PutAsync(key, content, contentType, expectedSha256, maxBytes, cancellationToken);

    public Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken) =>
        store.HeadAsync(key, cancellationToken);

    public Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken) =>
        store.DeleteAsync(key, cancellationToken);

    public Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, token, cancellationToken);

    public Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) => store.CreateUploadTicketAsync(key, maxBytes, lifetime, cancellationToken);

    public Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        store.RemoveRemnantsAsync(before, cancellationToken);

    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken);
}

public sealed class UploadTests_Sqlite(SqliteTestDatabase database)
    : UploadTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class UploadTests_SqlServer(SqlServerTestDatabase database)
    : UploadTests(database),
        IClassFixture<SqlServerTestDatabase>;
