using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Media;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>The image store cannot be used, and later can be used again.</summary>
public abstract class LostStoreTests : FaultSuite
{
    private protected static async Task FailAsync(ServingProcess server, Func<Task> goAway, Func<Task> comeBack)
    {
        await PublishAsync(server, "Before");
        var kept = await KeepAsync(server);
        var image = await UploadAsync(server, 1);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, image)).Status);

        await goAway();
        var outage = Stopwatch.StartNew();
        do
        {
            AssertPassing(await GetAsync(server, image), "STORE_UNAVAILABLE");
            AssertPassing(await PostAsync(server, 2), "STORE_UNAVAILABLE");
            AssertPassing(await GetAsync(server, "/healthz/ready"), "STORE_UNAVAILABLE");
            var cached = await AskAnonymouslyAsync(server, Kept);
            Assert.Equal((true, kept), (cached.IsCached, cached.Text));
        } while (outage.Elapsed < Outage);

        // Articles need no images.
        await PublishAsync(server, "During");
        await LoggedAsync(server, "The image store cannot be used.");

        await comeBack();
        await ReadyAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, image)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, await UploadAsync(server, 3))).Status);
        await LoggedAsync(server, "The image store can be used again");
    }

    private protected async Task EndAsync(ServingProcess server)
    {
        Assert.Equal((0, ""), await server.StopAsync());
        using var verify = await CmsProcess.StartPublishedAsync(Settings, "media", "verify");
        Assert.Contains("0 missing, 0 corrupt", (await verify.EndAsync()).Output, StringComparison.Ordinal);
    }

    private static async Task<string> UploadAsync(ServingProcess server, int number)
    {
        var reply = await PostAsync(server, number);
        Assert.True(reply.Status is HttpStatusCode.Created, reply.Text);
        return (string)JsonNode.Parse(reply.Text)!["url"]!;
    }

    private static async Task<Reply> PostAsync(ServingProcess server, int number)
    {
        using var response = await server.PostAsync(Files.Small(number), "small.png", "image/png");
        return await Reply.OfAsync(response);
    }

    private static async Task<Reply> GetAsync(ServingProcess server, string url)
    {
        using var response = await server.Client.GetAsync(url);
        return await Reply.OfAsync(response);
    }
}

[Needs("process")]
public sealed class LostStoreTests_Folder : LostStoreTests
{
    private string Store => Path.Combine(Data, "media");

    private string Away => Store + ".away";

    [Fact]
    public async Task While_the_folder_is_missing_or_cannot_be_used_images_and_uploads_get_503()
    {
        using var server = await StartAsync();
        await FailAsync(
            server,
            goAway: () =>
            {
                Directory.Move(Store, Away);
                return Task.CompletedTask;
            },
            comeBack: () =>
            {
                // The server has not created the folder again.
                Assert.False(Directory.Exists(Store));
                Directory.Move(Away, Store);
                return Task.CompletedTask;
            }
        );
        await FailAsync(
            server,
            goAway: () =>
            {
                Directory.Move(Store, Away);
                return File.WriteAllTextAsync(Store, "");
            },
            comeBack: () =>
            {
                File.Delete(Store);
                Directory.Move(Away, Store);
                return Task.CompletedTask;
            }
        );
        await EndAsync(server);
    }
}

[Needs("Azurite")]
public sealed class LostStoreTests_Azure : LostStoreTests
{
    [SkippableFact]
    public async Task While_the_blob_service_is_away_images_and_uploads_get_503()
    {
        Azurite azurite = new() { Folder = Directory.CreateDirectory(Path.Combine(Folder, "azurite")).FullName };
        await azurite.InitializeAsync();
        try
        {
            azurite.Require();
            Store = azurite.ConnectionString;
            using var server = await StartAsync();
            await FailAsync(server, goAway: azurite.StopAsync, comeBack: azurite.InitializeAsync);
            await EndAsync(server);
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    private string Store { get; set; } = "";

    private protected override Dictionary<string, string> Settings =>
        new(base.Settings, StringComparer.Ordinal)
        {
            ["Cms__Media__Store"] = "Azure",
            ["Cms__Media__Azure__ConnectionString"] = Store,
            ["Cms__Media__Azure__ServiceVersion"] = "2025-11-05",
            ["Cms__Media__SigningKey"] = Convert.ToBase64String(new byte[32]),
        };
}
