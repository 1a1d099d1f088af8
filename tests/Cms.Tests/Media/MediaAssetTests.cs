using Cms.Media;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Media;

/// <summary>The rules for an image, tested without a database.</summary>
public sealed class MediaAssetTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_image_with_a_description_a_credit_and_valid_rights_can_be_published()
    {
        var image = Image("A storm cloud.", new ImageRights { Creator = "Rui Alves" });

        Assert.Empty(image.Refusals(null, isDecorative: false, Now));
        Assert.Equal(MediaGap.None, image.Gap);
    }

    [Theory]
    [InlineData(null, false, MediaGap.Alt)]
    [InlineData("  ", false, MediaGap.Alt)]
    [InlineData(null, true, MediaGap.None)]
    public void An_image_needs_alternative_text_unless_it_is_decorative(string? alt, bool isDecorative, MediaGap gap)
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
    public void Rights_start_exactly_at_ValidFrom_and_end_exactly_at_ExpiresAt()
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
    public void Rights_expire_once_and_can_be_renewed()
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
    public void Saving_the_same_values_again_changes_nothing()
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
    public void A_substitute_must_be_publishable_without_time_limits_and_have_no_substitute_itself()
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
    public void A_file_name_contains_no_path()
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
    public void The_source_type_of_an_image_is_parsed_from_IPTC_concepts(string? text, DigitalSourceType? type)
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
