using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Media.Rights;

namespace Cms.Media.Images;

/// <summary>The data of an image that determines its renditions and their URLs.</summary>
public sealed record RenditionSource
{
    public required MediaId Id { get; init; }

    /// <summary>The number of the current file.</summary>
    public required int Rev { get; init; }

    /// <summary>The width of the upright image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height of the upright image, in pixels.</summary>
    public required int Height { get; init; }

    public bool IsAnimated { get; init; }

    public FocalPoint Focus { get; init; } = FocalPoint.Centre;

    public ImageRights Rights { get; init; } = new();

    /// <summary>
    /// A hash of what a rendition depends on besides the file: the focal point and the rights. It is part of the URL,
    /// so a change also reaches readers who have cached an older version.
    /// </summary>
    public string Stamp =>
        Convert.ToHexStringLower(
            SHA256
                .HashData(
                    Encoding.UTF8.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Thousandths(Focus.X)},{Thousandths(Focus.Y)},{Rights.NoCrop}\n{XmpRights.Write(Rights)}"
                        )
                    )
                )
                .AsSpan(..4)
        );

    internal static int Thousandths(double part) => (int)Math.Round(part * 1_000, MidpointRounding.AwayFromZero);
}
