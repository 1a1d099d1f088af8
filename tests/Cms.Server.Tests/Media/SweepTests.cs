using System.Security.Cryptography;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests that unused files are deleted after a day, and that all other files are retained.</summary>
[Needs("server")]
public sealed class SweepTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private NewsroomServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = new NewsroomServer { More = services => services.AddSingleton<TimeProvider>(_clock) };
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private IBlobStore Store => _server.Services.GetRequiredService<IBlobStore>();

    [Fact]
    public async Task Unused_files_and_their_renditions_are_deleted_after_a_day()
    {
        var used = await CountAsync();
        var bytes = Files.Jpeg(seed: 41);
        var asset = await UploadAsync(bytes);
        var key = BlobKey.Original(asset.Sha256);
        await PutAsync(BlobKey.Rendition(asset.Sha256, "a-1x1.webp"), [1]);
        await DeleteAsync(asset.Id);
        await PutAsync(BlobKey.Quarantine(EntityId.New<MediaUploadId>()), [2]);
        var orphan = RandomNumberGenerator.GetBytes(8);
        await PutAsync(BlobKey.Original(Convert.ToHexStringLower(SHA256.HashData(orphan))), orphan);

        var early = await SweepAsync();
        _clock.Advance(SweepMedia.Grace + TimeSpan.FromMinutes(1));
        var late = await SweepAsync();

        Assert.Equal(new SweptMedia(0, 0, 0, 0), early);
        Assert.Equal((2, 1), (late.Files, late.Renditions));
        Assert.Null(await Store.HeadAsync(key, default));
        Assert.Equal(used, await CountAsync());
        Assert.Equal(new SweptMedia(0, 0, 0, 0), await SweepAsync());
    }

    [Fact]
    public async Task Outdated_renditions_of_an_image_are_deleted_and_current_ones_are_retained()
    {
        var asset = await UploadAsync(Files.Jpeg(seed: 46));
        var recipes = new[] { "w=160&fm=webp", "w=160&h=160&fit=cover&fm=jpg", "w=160&fm=webp&q=9" };
        async Task<List<BlobKey>> StoreRenditionsAsync(MediaAsset made)
        {
            var source = PublicImage.Of(made).Source;
            List<BlobKey> keys =
            [
                .. recipes.Select(recipe =>
                    BlobKey.Rendition(made.Sha256, RenditionMaker.NameOf(source, RenditionRecipe.Parse(recipe)!))
                ),
            ];
            foreach (var key in keys)
            {
                await PutAsync(key, [1]);
            }

            return keys;
        }

        var before = await StoreRenditionsAsync(asset);
        var outdated = BlobKey.Rendition(
            asset.Sha256,
            before[0].Value.Split('/')[2].Replace("a-", "0-", StringComparison.Ordinal)
        );
        await PutAsync(outdated, [1]);
        var licensed = await _server
            .Services.GetRequiredService<SaveMediaRights>()
            .Handle(
                new SaveMediaRightsInput { Id = asset.Id, CreditLine = "Rui Alves" },
                MediaServer.Editor.ToActor(),
                default
            );
        var after = await StoreRenditionsAsync(licensed.Value!);

        var early = await SweepAsync();
        _clock.Advance(SweepMedia.Grace + TimeSpan.FromMinutes(1));
        var late = await SweepAsync();

        Assert.Equal((0, 4, 0), (early.Renditions, late.Renditions, late.Files));
        foreach (var key in before.Append(outdated))
        {
            Assert.Null(await Store.HeadAsync(key, default));
        }

        foreach (var key in after)
        {
            Assert.NotNull(await Store.HeadAsync(key, default));
        }
    }

    [Fact]
    public async Task A_file_that_another_image_uses_is_not_deleted()
    {
        var bytes = Files.Jpeg(seed: 42);
        var one = await UploadAsync(bytes);
        var other = await UploadAsync(bytes);
        await DeleteAsync(one.Id);
        _clock.Advance(SweepMedia.Grace + TimeSpan.FromMinutes(1));

        await SweepAsync();

        Assert.NotNull(await Store.HeadAsync(BlobKey.Original(other.Sha256), default));
    }

    [Fact]
    public async Task A_swept_file_that_is_uploaded_again_is_stored_again()
    {
        var bytes = Files.Jpeg(seed: 43);
        await DeleteAsync((await UploadAsync(bytes)).Id);
        _clock.Advance(SweepMedia.Grace + TimeSpan.FromMinutes(1));
        await SweepAsync();

        var again = await UploadAsync(bytes);

        Assert.NotNull(await Store.HeadAsync(BlobKey.Original(again.Sha256), default));
    }

    [Fact]
    public async Task Verifying_reports_missing_damaged_and_unknown_files()
    {
        var verify = _server.Services.GetRequiredService<VerifyMedia>();
        var missing = await UploadAsync(Files.Jpeg(seed: 44));
        var damaged = await UploadAsync(Files.Jpeg(seed: 45));
        await Store.DeleteAsync(BlobKey.Original(missing.Sha256), default);
        await Store.DeleteAsync(BlobKey.Original(damaged.Sha256), default);
        await PutAsync(BlobKey.Original(damaged.Sha256), [1]);
        var stray = BlobKey.Original(new string('0', 64));
        await PutAsync(stray, [1]);

        List<FaultyMedia> found = [];
        await foreach (var faulty in verify.Handle(long.MaxValue, default))
        {
            found.Add(faulty);
        }

        Assert.Equal(
            new HashSet<FaultyMedia>
            {
                new(MediaFault.Missing, BlobKey.Original(missing.Sha256)),
                new(MediaFault.Corrupt, BlobKey.Original(damaged.Sha256)),
                new(MediaFault.Orphaned, stray),
            },
            [.. found]
        );
    }

    private Task<SweptMedia> SweepAsync() => _server.Services.GetRequiredService<SweepMedia>().Handle(default);

    private async Task<int> CountAsync()
    {
        var count = 0;
        await foreach (var _ in Store.ListAllAsync("", default))
        {
            count++;
        }

        return count;
    }

    private async Task PutAsync(BlobKey key, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await Store.PutAsync(key, content, "application/octet-stream", null, 1_000, default);
    }

    private async Task<MediaAsset> UploadAsync(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        var stored = await _server
            .Services.GetRequiredService<StoreUpload>()
            .Handle(
                new StoreUploadInput { FileName = "x.jpg", Content = content },
                MediaServer.Editor.ToActor(),
                default
            );
        return stored.Value!;
    }

    private async Task DeleteAsync(MediaId id)
    {
        var deleted = await _server
            .Services.GetRequiredService<DeleteMedia>()
            .Handle(new DeleteMediaInput { Id = id }, MediaServer.Editor.ToActor(), default);
        Assert.False(deleted.IsRefused);
    }
}
