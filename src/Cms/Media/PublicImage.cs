using Cms.GraphQL;
using Cms.Media.Images;
using Cms.Media.Rights;
using Cms.Reading;

namespace Cms.Media;

/// <summary>The columns of an image that are needed to show it to readers.</summary>
public sealed class PublicImage
{
    public MediaId Id { get; init; }

    public int Rev { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public bool IsAnimated { get; init; }

    public string ThumbHash { get; init; } = "";

    public string? Alt { get; init; }

    public bool IsDecorative { get; init; }

    public string? Caption { get; init; }

    public FocalPoint Focus { get; init; } = FocalPoint.Centre;

    public ImageRights Rights { get; init; } = new();

    public DateTimeOffset? ExpiredAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public MediaId? SubstituteId { get; init; }

    /// <summary>The data from which the image's renditions and URLs are made.</summary>
    internal RenditionSource Source =>
        field ??= new RenditionSource
        {
            Id = Id,
            Rev = Rev,
            Width = Width,
            Height = Height,
            IsAnimated = IsAnimated,
            Focus = Focus,
            Rights = Rights,
        };

    /// <summary>
    /// Whether the image can be shown: it is neither deleted nor hidden because its rights have ended.
    /// </summary>
    internal bool IsShown => DeletedAt is null && ExpiredAt is null;

    internal static PublicImage Of(MediaAsset asset) => Made(asset);

    internal static Projection<MediaAsset, PublicImage> Columns { get; } =
        new(
            asset => new PublicImage
            {
                Id = asset.Id,
                Rev = asset.Rev,
                Width = asset.Width,
                Height = asset.Height,
                IsAnimated = asset.IsAnimated,
                ThumbHash = asset.ThumbHash,
                Alt = asset.Alt,
                IsDecorative = asset.IsDecorative,
                Caption = asset.Caption,
                Focus = asset.Focus,
                Rights = asset.Rights,
                ExpiredAt = asset.ExpiredAt,
                DeletedAt = asset.DeletedAt,
                SubstituteId = asset.SubstituteId,
            },
            nameof(Id)
        );
    private static Func<MediaAsset, PublicImage> Made { get; } = Columns.Of(ColumnSet.All).Compile();
}
