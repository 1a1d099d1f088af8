namespace Cms.Media;

/// <summary>The point of an image to keep in view when it is cropped.</summary>
public sealed record FocalPoint
{
    public static FocalPoint Centre { get; } = new();

    /// <summary>The horizontal position, from 0 (left edge) to 1 (right edge).</summary>
    public double X { get; init; } = 0.5;

    /// <summary>The vertical position, from 0 (top edge) to 1 (bottom edge).</summary>
    public double Y { get; init; } = 0.5;

    internal bool IsInside => X is >= 0 and <= 1 && Y is >= 0 and <= 1;
}
