using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cms.Data;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Intake;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Kills the server with <c>kill -9</c> while clients upload files in forms and with tickets.</summary>
[Needs("process")]
public sealed class KilledUploadTests : IAsyncLifetime
{
    private const int Kills = 5;
    private const int Clients = 6;
    private const int BeforeKill = 25;

    private const string Open =
        """mutation { createMediaUpload(input: { fileName: "small.png" }) { upload { uploadId uploadUrl } } }""";

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-killed-uploads-");
    private readonly ConcurrentDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private ServerDatabase _database = null!;
    private int _sent;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _database = await ServerDatabase.CreateAsync(_folder.FullName);
        await using var app = Build(TimeProvider.System);
        await _database.PrepareAsync(app.Services);
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_killed_five_times_during_uploads_has_every_acknowledged_image_and_sweeps_the_rest()
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            await KillUnderLoadAsync(kill * BeforeKill);
        }

        await AssertVerifiedAsync();

        // Each kill interrupts an upload, so there is something to sweep.
        Assert.True(await RemainsAsync() > 0);
        await SweepAsync();
        Assert.Equal(0, await RemainsAsync());
        await AssertServedAsync();
    }

    // Six clients upload files. The server is killed when this many files have been acknowledged in total.
    private async Task KillUnderLoadAsync(int acknowledged)
    {
        using var server = await StartAsync();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Enumerable
            .Range(0, Clients)
            .Select(client =>
                Task.Run(async () =>
                {
                    try
                    {
                        while (true)
                        {
                            var file = Files.Small(Interlocked.Increment(ref _sent));
                            var url = await (client % 2 == 0 ? PostAsync(server, file) : PutAsync(server, file));
                            _acknowledged[Hash(file)] = url;
                            if (_acknowledged.Count >= acknowledged)
                            {
                                enough.TrySetResult();
                            }
                        }
                    }
                    catch (Exception cut) when (cut is HttpRequestException or IOException)
                    {
                        // The server was killed before it acknowledged this file.
                    }
                })
            )
            .ToList();
        var first = await Task.WhenAny([enough.Task, .. sending]);
        await server.KillAsync();
        await Task.WhenAll(sending);
        Assert.Same(enough.Task, first);
    }

    private static async Task<string> PostAsync(ServingProcess server, byte[] file)
    {
        using var response = await server.PostAsync(file, "small.png", "image/png");
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.Created, body);
        return (string)JsonNode.Parse(body)!["url"]!;
    }

    private static async Task<string> PutAsync(ServingProcess server, byte[] file)
    {
        var upload = (await server.AskAsync(Open))["data"]!["createMediaUpload"]!["upload"]!;
        using var content = new ByteArrayContent(file);
        using var put = await server.Client.PutAsync((string)upload["uploadUrl"]!, content);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        var committed = await server.AskAsync(
            $$"""mutation { commitMediaUpload(input: { uploadId: "{{upload["uploadId"]}}" }) { media { image { url } } errors { __typename } } }"""
        );
        return (string?)committed["data"]?["commitMediaUpload"]?["media"]?["image"]?["url"]
            ?? throw new InvalidOperationException(committed.ToJsonString());
    }

    private async Task AssertServedAsync()
    {
        using var server = await StartAsync();
        foreach (var (sha256, url) in _acknowledged)
        {
            using var served = await server.Client.GetAsync(url);
            Assert.True(served.StatusCode is HttpStatusCode.OK, $"{sha256} at {url}: {served.StatusCode}");
            Assert.Equal("image/webp", served.Content.Headers.ContentType!.MediaType);
            var stored = Path.Combine(Store, "o", sha256[..2], sha256[2..4], sha256);
            Assert.Equal(sha256, Hash(await File.ReadAllBytesAsync(stored)));
        }

        await server.KillAsync();
    }

    // The command exits with a code other than 0 if a file is missing or corrupt.
    private async Task AssertVerifiedAsync()
    {
        using var verify = await CmsProcess.StartPublishedAsync(_database.Environment, "media", "verify");
        var (code, output, complaints) = await verify.EndAsync();
        Assert.True(code == 0, $"{output}\n{complaints}");
        Assert.Contains("0 missing, 0 corrupt, ", output, StringComparison.Ordinal);
    }

    // Sweeps as if a day and an hour had passed.
    private async Task SweepAsync()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + SweepMedia.Grace + TimeSpan.FromHours(1));
        await using var app = Build(clock);
        await app.Services.GetRequiredService<SweepMedia>().Handle(default);
    }

    // Counts stored files that belong to no image, and rows whose upload or file is not ready.
    private async Task<int> RemainsAsync()
    {
        await using var app = Build(TimeProvider.System);
        await using var db = await app
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var used = await db.MediaAssets.Select(asset => asset.Sha256).Distinct().ToListAsync();
        Assert.Subset(used.ToHashSet(), _acknowledged.Keys.ToHashSet());
        var files = new DirectoryInfo(Store)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Store, file.FullName).Replace('\\', '/'))
            .Where(file => file != "signing.key")
            .ToList();
        return files.Count(file => BlobKey.Parse(file) is not { } key || !used.Contains(Origin(key)))
            + await db.MediaUploads.CountAsync(upload => upload.State != MediaUploadState.Ready)
            + await db.MediaBlobs.CountAsync(blob => blob.State != MediaBlobState.Ready);

        static string Origin(BlobKey key) => key.Sha256 ?? key.Value.Split('/')[1];
    }

    private string Store => Path.Combine(_folder.FullName, "media");

    private Microsoft.AspNetCore.Builder.WebApplication Build(TimeProvider clock) =>
        CmsHost.Build([.. _database.Arguments], services => services.AddSingleton(clock));

    private Task<ServingProcess> StartAsync() =>
        ServingProcess.StartPublishedAsync(
            _database.Environment,
            Forged.Person(_issuer, "Author").Sign(),
            _issuer.Settings
        );

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
