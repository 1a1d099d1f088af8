using System.Text;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using NetVips;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests which image formats are detected in uploaded files, and which images are rejected.</summary>
public sealed class InspectorTests
{
    [Theory]
    [InlineData("avif", "mif1")]
    [InlineData("mif1", "avif")]
    [InlineData("mif1", "mif1", "miaf")]
    [InlineData("mif1", "mif1")]
    public async Task An_AVIF_is_detected_by_its_brands_or_its_content(string major, params string[] compatible)
    {
        var inspected = await InspectAsync(Files.Branded(Files.Avif(), major, compatible));

        Assert.True(inspected.Succeeded(out var image, out var refusals), string.Join(' ', refusals ?? []));
        Assert.Equal((ImageFormat.Avif, 64, 48), (image.Format, image.Width, image.Height));
    }

    // The image library does not read files with these major brands, although they contain AVIF.
    [Theory]
    [InlineData("miaf")]
    [InlineData("avis")]
    public async Task An_AVIF_that_the_image_library_cannot_read_is_rejected(string major) =>
        Assert.IsType<NotAnImage>(Refusal(await InspectAsync(Files.Branded(Files.Avif(), major, "mif1", "avif"))));

    [Theory]
    [InlineData("heic", "mif1")]
    [InlineData("heix", "mif1")]
    [InlineData("mif1", "heic")]
    public async Task A_HEIC_is_rejected_with_advice_to_use_JPEG(string major, string compatible)
    {
        var refused = Refusal(await InspectAsync(Files.Branded(Files.Avif(), major, compatible)));

        Assert.IsType<ImageIsHeic>(refused);
        Assert.Contains("JPEG", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEIC_with_misleading_brands_is_detected_by_its_content()
    {
        var hidden = Files.Branded(Files.Avif(), "mif1", "miaf");
        var item = hidden.AsSpan().IndexOf("av01"u8);
        Encoding.ASCII.GetBytes("hvc1").CopyTo(hidden, item);

        Assert.IsType<ImageIsHeic>(Refusal(await InspectAsync(hidden)));
    }

    [Fact]
    public async Task A_file_with_corrupted_boxes_causes_no_exception()
    {
        var whole = Files.Branded(Files.Avif(), "mif1", "miaf");
        var random = new Random(1);
        for (var i = 0; i < 400; i++)
        {
            var corrupted = whole[..random.Next(whole.Length)];
            for (var change = 0; change < 4 && corrupted.Length > 12; change++)
            {
                corrupted[random.Next(12, Math.Min(corrupted.Length, 400))] = (byte)random.Next(256);
            }

            _ = await InspectAsync(corrupted);
        }
    }

    [Theory]
    [InlineData(6, "")]
    [InlineData(8, "")]
    [InlineData(8, "infe")]
    [InlineData(6, "infe")]
    public async Task A_file_whose_boxes_end_early_is_not_an_image(int headerBytes, string entry)
    {
        byte[] items = [1, .. new byte[headerBytes - 1], .. entry.Length == 0 ? [] : Files.Box(entry, [])];
        byte[] file =
        [
            .. Files.Box("ftyp", "mif1\0\0\0\0mif1"u8.ToArray()),
            .. Files.Box("meta", [0, 0, 0, 0, .. Files.Box("iinf", items)]),
        ];

        Assert.IsType<NotAnImage>(Refusal(await InspectAsync(file)));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    public async Task The_pixel_limit_is_higher_for_an_image_that_is_decoded_line_by_line(string how) =>
        Assert.Equal(5_100, (await InspectAsync(Large(how))).Value!.Width);

    [Theory]
    [InlineData(".png[interlace]")]
    [InlineData(".jpg[interlace]")]
    [InlineData(".webp[effort=0]")]
    [InlineData(".avif[effort=0]")]
    public async Task The_pixel_limit_is_lower_for_an_image_that_must_be_decoded_as_a_whole(string how)
    {
        var refused = Assert.IsType<ImageTooManyPixels>(Refusal(await InspectAsync(Large(how))));

        Assert.Equal(25, refused.LimitMegapixels);
        Assert.Contains("baseline JPEG", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Large(string how)
    {
        using var black = Image.Black(5_100, 5_100, bands: 3);
        return black.WriteToBuffer(how);
    }

    [Theory]
    [InlineData(".gif", ImageFormat.Gif)]
    [InlineData(".webp", ImageFormat.Webp)]
    public async Task An_animation_has_the_height_of_a_single_frame(string suffix, ImageFormat format)
    {
        var image = (await InspectAsync(Files.Moving(suffix))).Value!;

        Assert.Equal((format, 300, 200, true), (image.Format, image.Width, image.Height, image.IsAnimated));
    }

    [Fact]
    public async Task An_image_that_takes_too_long_to_read_is_rejected()
    {
        using var gate = new ImageGate(1, 1, TimeSpan.FromMilliseconds(1));
        using var file = new MemoryStream(Files.Jpeg(4_000, 3_000));

        Assert.IsType<ImageTooSlow>(Refusal(await new ImageInspector(gate).InspectAsync(file, default)));
    }

    private static UserError Refusal<T>(Result<T> refused) => Assert.Single(refused.Errors);

    private static async Task<Result<InspectedImage>> InspectAsync(byte[] file)
    {
        using var gate = new ImageGate();
        using var content = new MemoryStream(file);
        return await new ImageInspector(gate).InspectAsync(content, default);
    }
}
