using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Media.Rights;

namespace Cms.Media.Images;

/// <summary>An image as renditions of it are made and addressed.</summary>
public sealed record RenditionSource
{
    public required MediaId Id { get; init; }

    /// <summary>Which of its files.</summary>
    public required int Rev { get; init; }

    /// <summary>In pixels, turned upright.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels, turned upright.</summary>
    public required int Height { get; init; }

    public bool IsAnimated { get; init; }

    public FocalPoint Focus { get; init; } = FocalPoint.Centre;

    public ImageRights Rights { get; init; } = new();

    /// <summary>
    /// Stands for what a rendition is made of beside its file: what must stay in the picture, and what is written into it
    /// of its rights. Part of its address, so that a change reaches readers who have the one before.
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
