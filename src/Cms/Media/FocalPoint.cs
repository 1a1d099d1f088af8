namespace Cms.Media;

/// <summary>What must stay in the picture when it is cropped, as parts of its width and its height.</summary>
public sealed record FocalPoint
{
    public static FocalPoint Centre { get; } = new();

    /// <summary>From 0 at the left edge to 1 at the right.</summary>
    public double X { get; init; } = 0.5;

    /// <summary>From 0 at the top edge to 1 at the bottom.</summary>
    public double Y { get; init; } = 0.5;

    internal bool IsInside => X is >= 0 and <= 1 && Y is >= 0 and <= 1;
}
