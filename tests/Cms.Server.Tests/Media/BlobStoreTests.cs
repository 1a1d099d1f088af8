using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Server.Media;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests that apply to every blob store.</summary>
public abstract class BlobStoreTests
{
    private const long Enough = 1_000_000;
    private const string Type = "application/octet-stream";

    protected abstract IBlobStore Store { get; }

    [SkippableFact]
    public async Task A_blob_can_be_read_whole_in_part_or_only_if_changed()
    {
        var (key, bytes) = Fresh();

        Assert.Equal(BlobPut.Created, await PutAsync(key, bytes));

        Assert.Equal(bytes, await ReadAsync(key, null));
        Assert.Equal(bytes[10..15], await ReadAsync(key, new BlobRange(10, 5)));
        Assert.Equal(bytes[90..], await ReadAsync(key, new BlobRange(90, null)));
        Assert.Empty((await ReadAsync(key, new BlobRange(1_000, 5)))!);
        await using var again = await Store.OpenReadAsync(key, null, key.ETag, default);
        Assert.True(again!.IsNotModified);
        Assert.Equal((100, key.ETag), (again.Properties.Bytes, again.Properties.ETag));
        await using var part = await Store.OpenReadAsync(key, new BlobRange(10, 5), null, default);
        Assert.Equal(100, part!.Properties.Bytes);
        Assert.Equal(100, (await Store.HeadAsync(key, default))!.Bytes);
    }

    [SkippableFact]
    public async Task A_missing_blob_is_not_found()
    {
        var (key, _) = Fresh();

        Assert.Null(await Store.OpenReadAsync(key, default));
        Assert.Null(await Store.OpenReadAsync(key, null, key.ETag, default));
        Assert.Null(await Store.HeadAsync(key, default));
        Assert.False(await Store.DeleteAsync(key, default));
    }

    [SkippableFact]
    public async Task An_existing_blob_is_never_overwritten()
    {
        var upload = BlobKey.Quarantine(EntityId.New<MediaUploadId>());
        await PutAsync(upload, [1]);

        Assert.Equal(BlobPut.Exists, await PutAsync(upload, [2]));
        Assert.Equal(new byte[] { 1 }, await ReadAsync(upload, null));
    }

    [SkippableFact]
    public async Task Only_one_of_many_simultaneous_writes_of_a_blob_succeeds()
    {
        var (key, bytes) = Fresh();

        var puts = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => PutAsync(key, bytes))));

        Assert.Single(puts, BlobPut.Created);
        Assert.Equal(31, puts.Count(put => put is BlobPut.Exists));
        Assert.Equal(bytes, await ReadAsync(key, null));
    }

    [SkippableFact]
    public async Task A_blob_that_is_too_large_or_has_the_wrong_hash_is_not_stored()
    {
        var (key, bytes) = Fresh();
        using var large = new MemoryStream(bytes);
        using var other = new MemoryStream([1]);

        Assert.Equal(BlobPut.TooLarge, await Store.PutAsync(key, large, Type, null, 99, default));
        Assert.Equal(BlobPut.Different, await Store.PutAsync(key, other, Type, key.Sha256, Enough, default));

        Assert.Null(await Store.HeadAsync(key, default));
    }

    [SkippableFact]
    public async Task A_blob_whose_content_cannot_be_read_to_the_end_is_not_stored()
    {
        var (key, bytes) = Fresh();

        await Assert.ThrowsAsync<IOException>(() =>
            Store.PutAsync(key, new Broken(bytes), Type, null, Enough, default)
        );

        Assert.Null(await Store.HeadAsync(key, default));
    }

    [SkippableFact]
    public async Task A_deleted_blob_is_gone_and_can_be_stored_again()
    {
        var (key, bytes) = Fresh();
        await PutAsync(key, bytes);

        Assert.True(await Store.DeleteAsync(key, default));

        Assert.Null(await Store.OpenReadAsync(key, default));
        Assert.Equal(BlobPut.Created, await PutAsync(key, bytes));
    }

    [SkippableFact]
    public async Task Blobs_are_listed_by_the_prefix_of_their_keys_in_order()
    {
        var (original, bytes) = Fresh();
        var sha256 = original.Sha256!;
        List<BlobKey> renditions =
        [
            .. new[] { "a.webp", "b.webp", "c.avif" }.Select(name => BlobKey.Rendition(sha256, name)),
        ];
        await PutAsync(original, bytes);
        foreach (var rendition in renditions)
        {
            await PutAsync(rendition, bytes);
        }

        var listed = new List<BlobProperties>();
        await foreach (var blob in Store.ListAllAsync(BlobKey.RenditionsOf(sha256), default))
        {
            listed.Add(blob);
        }

        Assert.Equal(renditions, listed.Select(blob => blob.Key));
        Assert.All(listed, blob => Assert.Equal(100, blob.Bytes));
        Assert.Equal(original, Assert.Single((await Store.ListAsync(original.Value, null, default)).Blobs).Key);
    }

    [SkippableFact]
    public async Task The_store_passes_its_own_probe() => await Store.ProbeAsync(default);

    protected static (BlobKey Key, byte[] Bytes) Fresh()
    {
        var bytes = RandomNumberGenerator.GetBytes(100);
        return (BlobKey.Original(Convert.ToHexStringLower(SHA256.HashData(bytes))), bytes);
    }

    protected async Task<byte[]?> ReadAsync(BlobKey key, BlobRange? range)
    {
        await using var reading = await Store.OpenReadAsync(key, range, null, default);
        if (reading is null)
        {
            return null;
        }

        using var all = new MemoryStream();
        await reading.Content.CopyToAsync(all);
        return all.ToArray();
    }

    private async Task<BlobPut> PutAsync(BlobKey key, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return await Store.PutAsync(key, content, Type, null, Enough, default);
    }

    private sealed class Broken(byte[] begin) : MemoryStream(begin)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) =>
            await base.ReadAsync(buffer, cancellationToken) is var read and > 0
                ? read
                : throw new IOException("The sender disconnected.");
    }
}

public sealed class FileSystemBlobStoreTests : BlobStoreTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-blobs-");

    protected override IBlobStore Store => Open();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Old_temporary_files_of_interrupted_writes_are_removed()
    {
        await Store.ProbeAsync(default);
        var remnant = Path.Combine(_folder.FullName, "tmp", "left");
        await File.WriteAllTextAsync(remnant, "half a f");

        Assert.Equal(0, await Store.RemoveRemnantsAsync(TimeProvider.System.GetUtcNow().AddHours(-1), default));
        Assert.Equal(1, await Store.RemoveRemnantsAsync(TimeProvider.System.GetUtcNow().AddHours(1), default));
        Assert.False(File.Exists(remnant));
    }

    private FileSystemBlobStore Open()
    {
        var signer = new MediaSigner(new byte[MediaSigner.MinKeyBytes]);
        return new(
            _folder.FullName,
            new UploadTickets(signer, new MediaAddresses(), TimeProvider.System),
            TimeProvider.System
        );
    }
}

[Needs("Azurite")]
public sealed class AzureBlobStoreTests(Azurite azurite) : BlobStoreTests, IClassFixture<Azurite>
{
    protected override IBlobStore Store => Open(azurite);

    private static AzureBlobStore Open(Azurite azurite)
    {
        azurite.Require();
        return AzureBlobStore.Open(
            new AzureMediaSettings { ConnectionString = azurite.ConnectionString, ServiceVersion = "2025-11-05" },
            TimeProvider.System
        );
    }

    [SkippableFact]
    public async Task An_upload_ticket_can_write_a_blob_but_neither_read_nor_delete_it()
    {
        var key = BlobKey.Quarantine(EntityId.New<MediaUploadId>());
        var ticket = await Store.CreateUploadTicketAsync(key, 1_000, TimeSpan.FromMinutes(10), default);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Created, await SendAsync(http, ticket.Url, [1, 2, 3], ticket.Headers));

        Assert.Equal(new byte[] { 1, 2, 3 }, await ReadAsync(key, null));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(ticket.Url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.DeleteAsync(ticket.Url)).StatusCode);
        Assert.Equal(new byte[] { 1, 2, 3 }, await ReadAsync(key, null));
    }

    [SkippableFact]
    public async Task A_long_upload_can_be_sent_in_blocks()
    {
        var key = BlobKey.Quarantine(EntityId.New<MediaUploadId>());
        var ticket = await Store.CreateUploadTicketAsync(key, 1_000, TimeSpan.FromMinutes(10), default);
        using var http = new HttpClient();
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        static string Id(string name) => Convert.ToBase64String(Encoding.ASCII.GetBytes(name));

        await SendAsync(http, $"{ticket.Url}&comp=block&blockid={Uri.EscapeDataString(Id("0"))}", [1, 2], none);
        Assert.Null(await Store.HeadAsync(key, default));
        await SendAsync(http, $"{ticket.Url}&comp=block&blockid={Uri.EscapeDataString(Id("1"))}", [3], none);
        var list = Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><Latest>{Id("0")}</Latest><Latest>{Id("1")}</Latest></BlockList>"
        );

        Assert.Equal(HttpStatusCode.Created, await SendAsync(http, ticket.Url + "&comp=blocklist", list, none));
        Assert.Equal(new byte[] { 1, 2, 3 }, await ReadAsync(key, null));
    }

    private static async Task<HttpStatusCode> SendAsync(
        HttpClient http,
        string url,
        byte[] bytes,
        IReadOnlyDictionary<string, string> headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}

public sealed class MediaSettingsTests
{
    [Theory]
    [InlineData("Store=Tape")]
    [InlineData("Store=Azure")]
    [InlineData("SigningKey=short")]
    [InlineData("SigningKey=c2hvcnQ=")]
    [InlineData("PublicUrl=http://images.example")]
    [InlineData("PublicUrl=images")]
    [InlineData("Store=Azure", "SigningKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")]
    [InlineData(
        "Store=Azure",
        "SigningKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "Azure:ServiceUri=http://account.example"
    )]
    [InlineData(
        "Store=Azure",
        "SigningKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "Azure:ConnectionString=nonsense"
    )]
    [InlineData(
        "Store=Azure",
        "SigningKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "Azure:ServiceUri=https://account.example",
        "Azure:ServiceVersion=1999-01-01"
    )]
    public void Unsafe_or_incomplete_settings_are_rejected_with_a_sentence_that_says_what_to_set(
        params string[] settings
    )
    {
        var read = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(s =>
                    KeyValuePair.Create("Cms:Media:" + s.Split('=', 2)[0], (string?)s.Split('=', 2)[1])
                )
            )
            .Build();

        var refused = Assert.Throws<CannotStartException>(() =>
            new ServiceCollection().AddMediaStore(CmsSettings.Read(read))
        );

        Assert.Contains("set ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", refused.Message, StringComparison.Ordinal);
    }
}
