using Cms.Media;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Media;

/// <summary>The rules of an image, without a database.</summary>
public sealed class MediaAssetTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Readers_may_see_an_image_that_is_described_credited_and_licensed()
    {
        var image = Image("A storm cloud.", new ImageRights { Creator = "Rui Alves" });

        Assert.Empty(image.Refusals(null, isDecorative: false, Now));
        Assert.Equal(MediaGap.None, image.Gap);
    }

    [Theory]
    [InlineData(null, false, MediaGap.Alt)]
    [InlineData("  ", false, MediaGap.Alt)]
    [InlineData(null, true, MediaGap.None)]
    public void An_image_that_says_nothing_lacks_an_alternative_text_unless_it_is_decorative(
        string? alt,
        bool isDecorative,
        MediaGap gap
    )
    {
        var image = Image(alt, new ImageRights { Creator = "Rui Alves" }, isDecorative);

        Assert.Equal(gap, image.Gap);
        Assert.Equal(
            gap is MediaGap.Alt,
            image.Refusals(null, isDecorative: false, Now).Any(refusal => refusal is ImageAltMissing)
        );
        Assert.Empty(image.Refusals("As it is called here.", isDecorative: false, Now));
        Assert.Empty(image.Refusals(null, isDecorative: true, Now));
    }

    [Fact]
    public void Rights_begin_at_their_first_moment_and_have_ended_at_their_last()
    {
        var image = Image(
            "A.",
            new ImageRights
            {
                Creator = "R",
                ValidFrom = Now,
                ExpiresAt = Now.AddHours(1),
            }
        );

        Assert.IsType<ImageRightsNotBegun>(Assert.Single(image.Refusals(null, false, Now.AddMilliseconds(-1))));
        Assert.Empty(image.Refusals(null, false, Now));
        Assert.Empty(image.Refusals(null, false, Now.AddHours(1).AddMilliseconds(-1)));
        Assert.IsType<ImageRightsExpired>(Assert.Single(image.Refusals(null, false, Now.AddHours(1))));
    }

    [Fact]
    public void The_end_of_rights_is_carried_out_once_and_undone_by_renewing_them()
    {
        var image = Image("A.", new ImageRights { Creator = "R", ExpiresAt = Now.AddHours(1) });

        Assert.False(image.Expire(Now));
        Assert.True(image.Expire(Now.AddHours(1)));
        Assert.False(image.Expire(Now.AddHours(2)));
        License(image, new ImageRights { Creator = "R", ExpiresAt = Now.AddHours(3) }, Now.AddHours(2));
        Assert.Null(image.ExpiredAt);
        Assert.True(image.Expire(Now.AddHours(3)));
    }

    [Fact]
    public void Saying_the_same_again_changes_nothing()
    {
        var rights = new ImageRights { Creator = "R", Territories = ["GB"] };
        var image = Image("A.", rights);

        var described = image.Describe(new MediaDescription { Alt = "A." }, Contributor.Import, Now);
        var licensed = image.License(
            rights with
            {
                Territories = ["GB"],
            },
            null,
            Contributor.Import,
            Now,
            isOnShow: false
        );

        Assert.Equal((false, false), (described.Value, licensed.Value));
    }

    [Fact]
    public void What_stands_in_for_an_image_stands_for_good()
    {
        var image = Image("A.", new ImageRights { Creator = "R" });
        var ending = Image("B.", new ImageRights { Creator = "R", ExpiresAt = Now.AddDays(1) });
        var coming = Image("B.", new ImageRights { Creator = "R", ValidFrom = Now.AddDays(1) });
        var bare = Image(null, new ImageRights());
        var replaced = Image("C.", new ImageRights { Creator = "R" });
        var good = Image("D.", new ImageRights { Creator = "R" });
        Newsroom.Value(replaced.License(replaced.Rights, good, Contributor.Import, Now, isOnShow: false));

        Assert.All(
            new[] { image, ending, coming, bare, replaced },
            other =>
                Assert.IsType<SubstituteUnsuitable>(
                    Assert.Single(image.License(image.Rights, other, Contributor.Import, Now, isOnShow: false).Errors)
                )
        );
        Assert.False(image.License(image.Rights, good, Contributor.Import, Now, isOnShow: false).IsRefused);
    }

    [Fact]
    public void A_file_name_is_a_name_and_no_path()
    {
        Assert.Equal("cloud.jpg", MediaUpload.Of("C:\\secret\\cloud.jpg", Contributor.Import, Now).FileName);
        Assert.Equal("cloud.jpg", MediaUpload.Of("../../cloud.jpg", Contributor.Import, Now).FileName);
        Assert.Equal("image", MediaUpload.Of("..\\\u0000", Contributor.Import, Now).FileName);
        Assert.Equal(
            MediaAsset.FileNameLength,
            MediaUpload.Of(new string('x', 500) + ".jpg", Contributor.Import, Now).FileName.Length
        );
    }

    [Theory]
    [InlineData(
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        DigitalSourceType.TrainedAlgorithmicMedia
    )]
    [InlineData("digitalCapture", DigitalSourceType.DigitalCapture)]
    [InlineData("3", null)]
    [InlineData("painting", null)]
    [InlineData(null, null)]
    public void How_an_image_came_to_be_is_read_from_the_IPTCs_concepts(string? text, DigitalSourceType? type)
    {
        Assert.Equal(type, DigitalSourceTypes.Parse(text));
        Assert.Equal(type, type is { } known ? DigitalSourceTypes.Parse(known.ToUri()) : null);
    }

    private static MediaAsset Image(string? alt, ImageRights rights, bool isDecorative = false)
    {
        var image = MediaAsset.Of(
            new MediaFile
            {
                Sha256 = new string('0', 64),
                Bytes = 1,
                Width = 1,
                Height = 1,
                Format = ImageFormat.Png,
                ThumbHash = "",
            },
            "image.png",
            Contributor.Import,
            Now
        );
        Newsroom.Value(
            image.Describe(new MediaDescription { Alt = alt, IsDecorative = isDecorative }, Contributor.Import, Now)
        );
        License(image, rights, Now);
        return image;
    }

    private static void License(MediaAsset image, ImageRights rights, DateTimeOffset now) =>
        Assert.False(image.License(rights, null, Contributor.Import, now, isOnShow: false).IsRefused);
}
