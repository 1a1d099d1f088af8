using System.Net;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests the renditions of images, and the response when a rendition takes too long.</summary>
[Needs("server")]
public sealed class RenditionTests
{
    [Theory]
    [InlineData(".gif")]
    [InlineData(".webp")]
    public async Task An_animation_that_is_not_cropped_stays_animated_in_a_WebP(string suffix)
    {
        using var made = Open(await MakeAsync(Files.Moving(suffix), "w=150&fm=webp"), "n=-1");

        Assert.Equal((3, 100, 150, 300), (Pages(made), made.PageHeight, made.Width, made.Height));
        Assert.Equal(new[] { 100, 200, 300 }, (int[])made.Get("delay"));
        Assert.Equal(0, (int)made.Get("loop"));
        foreach (var (page, channel) in new[] { (0, 0), (1, 1), (2, 2) })
        {
            var colour = made.Getpoint(75, (page * 100) + 50);
            Assert.Equal(channel, Array.IndexOf(colour, colour.Max()));
        }
    }

    [Theory]
    [InlineData("w=150&h=150&fit=cover&fm=webp", 150, 150)]
    [InlineData("w=150&fm=jpg", 150, 100)]
    [InlineData("w=150&fm=png", 150, 100)]
    [InlineData("w=150&fm=avif", 150, 100)]
    public async Task An_animation_that_is_cropped_or_converted_is_reduced_to_its_first_frame(
        string recipe,
        int width,
        int height
    )
    {
        foreach (var suffix in new[] { ".gif", ".webp" })
        {
            using var made = Open(await MakeAsync(Files.Moving(suffix), recipe), "");

            Assert.Equal((1, width, height), (Pages(made), made.Width, made.Height));
            var colour = made.Getpoint(width / 2, height / 2);
            Assert.True(colour is [> 200, < 60, < 60, ..], string.Join(' ', colour));
        }
    }

    [Fact]
    public void The_address_of_an_animation_that_is_not_cropped_uses_WebP()
    {
        var urls = new RenditionUrls(
            new MediaSigner(new byte[MediaSigner.MinKeyBytes]),
            new MediaAddresses(),
            TimeProvider.System
        );
        string Url(bool isAnimated, ImageRatio ratio) =>
            urls.Url(Source(300, 200, isAnimated), 160, ratio, RenditionFormat.Avif);

        Assert.Contains("fm=webp", Url(isAnimated: true, ImageRatio.Original), StringComparison.Ordinal);
        Assert.Contains("fm=avif", Url(isAnimated: true, ImageRatio.Square), StringComparison.Ordinal);
        Assert.Contains("fm=avif", Url(isAnimated: false, ImageRatio.Original), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rendition_that_takes_too_long_is_not_made_and_the_response_says_when_to_retry()
    {
        using var hurried = new ImageGate(1, 32, TimeSpan.FromMilliseconds(1));
        await using var server = new NewsroomServer
        {
            More = services => services.AddSingleton(new RenditionMaker(hurried)),
        };
        await server.InitializeAsync();
        var answer = await server.QueryAsync("""{ article(slug: "the-disk-said-yes") { heroImage { url } } }""");

        using var refused = await server.Client.GetAsync((string)answer["data"]!["article"]!["heroImage"]!["url"]!);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("no-store", refused.Headers.CacheControl!.ToString());
        Assert.Contains(
            "Try again in a few seconds, or request a smaller one.",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    private static async Task<byte[]> MakeAsync(byte[] original, string recipe)
    {
        using var gate = new ImageGate();
        var made = await new RenditionMaker(gate).RenderAsync(
            original,
            Source(300, 200, isAnimated: true),
            RenditionRecipe.Parse(recipe)!,
            default
        );
        return made.Value!.Bytes.ToArray();
    }

    private static Image Open(byte[] bytes, string options) => Image.NewFromBuffer(bytes, options);

    private static int Pages(Image image) => image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;

    private static RenditionSource Source(int width, int height, bool isAnimated) =>
        new()
        {
            Id = EntityId.New<MediaId>(),
            Rev = 1,
            Width = width,
            Height = height,
            IsAnimated = isAnimated,
        };
}
