using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Media.Rights;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Tests.Media;

/// <summary>Properties that hold for every image address.</summary>
public sealed class RenditionLaws
{
    private static readonly string[] Names = ["w", "h", "q", "dpr", "fit", "fm", "x"];
    private static readonly string[] Values =
    [
        "1",
        "2",
        "640",
        "4096",
        "0",
        "01",
        "-1",
        "",
        "max",
        "cover",
        "webp",
        "jpg",
    ];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 4, 23, 9, 0, 0, TimeSpan.Zero));

    /// <summary>The random values that a recipe is built from.</summary>
    public sealed record Wish(
        ushort Width,
        ushort Height,
        byte Sides,
        bool IsCut,
        RenditionFormat Format,
        byte Quality,
        byte Dpr
    )
    {
        public RenditionRecipe ToRecipe()
        {
            var dpr = 1 + (Dpr % RenditionRecipe.MaxDpr);
            var most = RenditionRecipe.MaxSide / dpr;
            int width = 1 + (Width % most),
                height = 1 + (Height % most);
            return new RenditionRecipe
            {
                Width = IsCut || Sides % 3 != 0 ? width : null,
                Height = IsCut || Sides % 3 != 1 ? height : null,
                Fit = IsCut ? RenditionFit.Cover : RenditionFit.Max,
                Format = Format,
                Quality = Quality % 101 is var quality and > 0 ? quality : null,
                Dpr = dpr,
            };
        }
    }

    /// <summary>A random image: its size, focal point, cropping right and file properties.</summary>
    public sealed record Picture(ushort Width, ushort Height, byte X, byte Y, bool NoCrop, bool IsAnimated, byte Rev)
    {
        public RenditionSource ToSource() =>
            new()
            {
                Id = EntityId.New<MediaId>(),
                Rev = 1 + Rev,
                Width = 1 + (Width % ImageLimits.MaxSide),
                Height = 1 + (Height % ImageLimits.MaxSide),
                IsAnimated = IsAnimated,
                Focus = new FocalPoint { X = X / 255.0, Y = Y / 255.0 },
                Rights = new ImageRights { NoCrop = NoCrop, CreditLine = "Rui Alves" },
            };
    }

    [Property]
    public void A_recipe_is_parsed_from_its_parameters_in_any_order(Wish wish)
    {
        var recipe = wish.ToRecipe();
        var text = recipe.ToString();

        Assert.Equal(recipe, RenditionRecipe.Parse(text));
        Assert.Equal(recipe, RenditionRecipe.Parse(string.Join('&', text.Split('&').Reverse())));
        Assert.Equal(text, RenditionRecipe.Parse(text)!.ToString());
    }

    [Property(MaxTest = 2_000)]
    public void A_valid_query_is_rewritten_without_changing_its_recipe(byte[] picks)
    {
        var parts = picks
            .Chunk(2)
            .Where(pick => pick.Length == 2)
            .Take(4)
            .Select(pick => $"{Names[pick[0] % Names.Length]}={Values[pick[1] % Values.Length]}")
            .ToList();

        if (RenditionRecipe.Parse(string.Join('&', parts)) is { } recipe)
        {
            Assert.Equal(recipe, RenditionRecipe.Parse(recipe.ToString()));
            Assert.DoesNotContain(parts, part => part[0] == 'x' || part.EndsWith("=01", StringComparison.Ordinal));
            Assert.Distinct(parts.Select(part => part.Split('=')[0]));
        }
    }

    [Property]
    public void An_address_contains_its_recipe_and_is_signed_unless_the_recipe_is_open(Wish wish, Picture picture)
    {
        var (urls, source, recipe) = (Urls(), picture.ToSource(), wish.ToRecipe());

        var read = Read(urls, urls.Url(source, recipe));

        Assert.Equal(new RenditionRequest(recipe, source.Stamp, !recipe.IsOpen, false, false), read);
    }

    [Property]
    public void A_private_address_is_valid_for_at_least_one_hour_and_less_than_two(
        Wish wish,
        Picture picture,
        bool isOfLibrary
    )
    {
        var (urls, source, recipe) = (Urls(), picture.ToSource(), wish.ToRecipe());
        var url = urls.PrivateUrl(source, recipe, isOfLibrary: isOfLibrary);

        Assert.Equal(new RenditionRequest(recipe, source.Stamp, true, true, isOfLibrary), Read(urls, url));
        _clock.Advance(RenditionUrls.PrivateLifetime);
        Assert.True(Read(urls, url)!.IsPass);
        _clock.Advance(RenditionUrls.PrivateLifetime);
        Assert.True(Read(urls, url) is { IsPass: false, IsOfLibrary: false });
    }

    [Property]
    public void A_signature_is_valid_only_for_its_own_recipe_and_image(Wish wish, Wish other, Picture picture)
    {
        var (urls, source) = (Urls(), picture.ToSource());
        var (recipe, another) = (wish.ToRecipe(), other.ToRecipe());
        var url = urls.PrivateUrl(source, recipe);
        var signed = url[url.IndexOf("&v=", StringComparison.Ordinal)..];

        Assert.Equal(recipe == another, urls.Read(source.Id, source.Rev, another + signed)!.IsSigned);
        Assert.False(urls.Read(source.Id, source.Rev + 1, recipe + signed)!.IsSigned);
        Assert.False(urls.Read(EntityId.New<MediaId>(), source.Rev, recipe + signed)!.IsSigned);
    }

    [Property]
    public void Every_generated_address_is_accepted(Picture picture, int? width)
    {
        var (urls, source) = (Urls(), picture.ToSource());
        foreach (var ratio in Enum.GetValues<ImageRatio>())
        {
            foreach (var format in Enum.GetValues<RenditionFormat>())
            {
                var open = RenditionUrls
                    .Steps(source, widths: null, ratio, format)
                    .Select(step => urls.Url(source, step.Step, ratio, format));
                foreach (var url in open.Append(urls.Url(source, width, ratio, format)))
                {
                    AssertAnswered(source, Read(urls, url), isPass: false);
                }

                AssertAnswered(source, Read(urls, urls.PrivateUrl(source, width, ratio, format)), isPass: true);
            }
        }
    }

    // Makes the same checks as the image endpoint.
    private static void AssertAnswered(RenditionSource source, RenditionRequest? request, bool isPass)
    {
        Assert.NotNull(request);
        Assert.True(request.Recipe.IsOpen || request.IsSigned);
        Assert.False(source.Rights.NoCrop && request.Recipe.Fit is RenditionFit.Cover);
        Assert.Equal((source.Stamp, isPass), (request.Stamp, request.IsPass));
        var (across, down) = RenditionMaker.SizeOf(source, request.Recipe);
        Assert.InRange(across, 1, source.Width);
        Assert.InRange(down, 1, source.Height);
    }

    private static RenditionRequest? Read(RenditionUrls urls, string url)
    {
        var at = url.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = (url[..at].Split('/'), url[at..]);
        return urls.Read(
            EntityId.Parse<MediaId>(path[2])!.Value,
            int.Parse(path[3], System.Globalization.CultureInfo.InvariantCulture),
            query
        );
    }

    private RenditionUrls Urls() =>
        new(new MediaSigner(new byte[MediaSigner.MinKeyBytes]), new MediaAddresses(), _clock);
}
