using System.Globalization;
using System.Net;
using Cms.Site.Articles;
using Cms.Site.Bookmarks;
using Cms.Site.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>Which pictures are cropped to the shape of their place, and which are shown whole.</summary>
public sealed class PictureTests
{
    [Theory]
    [InlineData(1600, 900, false, "/standard", "4", "3", "ph")]
    [InlineData(1600, 900, true, "/whole", "1600", "900", "ph")]
    [InlineData(900, 1600, false, "/whole", "900", "1600", "ph tall")]
    [InlineData(900, 1600, true, "/whole", "900", "1600", "ph tall")]
    public async Task A_picture_that_is_upright_or_must_not_be_cropped_is_whole_on_its_article(
        int width,
        int height,
        bool noCrop,
        string url,
        string boxWidth,
        string boxHeight,
        string classes
    )
    {
        ArticlePicture picture = new(
            "A lantern",
            "It's lit",
            "By Mara",
            Placeholder: null,
            width,
            height,
            new(noCrop),
            "/standard 480w",
            "/standard",
            "/whole 480w",
            "/whole",
            "/social"
        );

        var html = await RenderAsync<Hero>((nameof(Hero.Picture), picture));

        Assert.Contains(
            $"<span class=\"{classes}\"><svg viewBox=\"0 0 {boxWidth} {boxHeight}\"",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains($"src=\"{url}\" srcset=\"{url} 480w\"", html, StringComparison.Ordinal);
        Assert.Contains(
            "<figcaption>It’s lit. <small>By Mara</small></figcaption>",
            WebUtility.HtmlDecode(html),
            StringComparison.Ordinal
        );
        var scale = url == "/whole" ? 1 : 60;
        var pixels = (int.Parse(boxWidth, CultureInfo.InvariantCulture) * scale).ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"width=\"{pixels}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "ph whole")]
    [InlineData(false, "ph")]
    public async Task A_picture_that_must_not_be_cropped_is_whole_in_lists(bool noCrop, string classes)
    {
        CardData card = new(
            "art_1",
            "slug",
            "Headline",
            "Summary",
            default,
            1,
            Category: null,
            Source: null,
            new(0, 0, 0, Split: false),
            [],
            new(Placeholder: null, new(noCrop), "/wide 320w", "/wide")
        );
        TargetData target = new()
        {
            Type = "Article",
            Id = "art_1",
            Slug = "slug",
            Headline = "Headline",
            HeroImage = new(Placeholder: null, new(noCrop), "/small", "/large"),
        };

        var story = await RenderAsync<Story>((nameof(Story.Article), card), (nameof(Story.HasPicture), true));
        var saved = await RenderAsync<SavedListItem>(
            (nameof(SavedListItem.Item), SavedItem.Of(target)),
            (nameof(SavedListItem.Back), "/bookmarks")
        );

        Assert.Contains($"<span class=\"{classes}\">", story, StringComparison.Ordinal);
        Assert.Contains($"<span class=\"{classes}\">", saved, StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (
                await renderer.RenderComponentAsync<T>(
                    ParameterView.FromDictionary(
                        parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
                    )
                )
            ).ToHtmlString()
        );
    }
}
