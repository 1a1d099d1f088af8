using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Data;
using Cms.Media;
using Cms.People;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>A server with the sample newsroom and its images, and clients with any role.</summary>
public sealed class MediaServer : IAsyncLifetime
{
    public static readonly Viewer Editor = new()
    {
        Kind = ViewerKind.Person,
        Key = new(Guid.Parse(IssuerForge.Tenant), Guid.CreateVersion7()),
        Name = "Erin",
        Role = Role.Editor,
    };

    private readonly IssuerForge _issuer = new();

    public NewsroomServer Newsroom { get; private set; } = null!;

    /// <summary>Additional command-line arguments.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public HttpClient Client => Newsroom.Client;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        Newsroom = new NewsroomServer { Settings = [.. _issuer.Settings, .. Settings] };
        await Newsroom.InitializeAsync();
        await Get<Cms.Changes.ChangeFeed>().StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    public T Get<T>()
        where T : notnull => Newsroom.Services.GetRequiredService<T>();

    public Task<CmsDbContext> OpenAsync() => Get<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    public string Token(string role) => Forged.Person(_issuer, role).Sign();

    /// <summary>Uploads a file in one request.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string? role,
        byte[] file,
        string name = "picture.jpg",
        string type = "image/jpeg"
    )
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(content, "file", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/media") { Content = form };
        if (role is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token(role)}");
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Uploads an image that nothing uses yet, and returns the response.</summary>
    public async Task<JsonNode> UploadAsync(byte[] file)
    {
        using var response = await PostAsync("Author", file);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task<JsonNode> AskAsync(string role, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query });
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token(role)}");
        using var response = await Client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Returns the address of an article's hero image.</summary>
    public async Task<string> HeroAsync(string slug, string arguments = "(width: 640)") =>
        (string)
            (await Newsroom.QueryAsync($$"""{ article(slug: "{{slug}}") { heroImage { url{{arguments}} } } }"""))[
                "data"
            ]!["article"]!["heroImage"]!["url"]!;

    public async Task<MediaAsset> FindAsync(string fileName)
    {
        await using var db = await OpenAsync();
        return await db.MediaAssets.AsNoTracking().SingleAsync(asset => asset.FileName == fileName);
    }
}
