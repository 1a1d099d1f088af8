using System.Diagnostics;
using NetVips;

namespace Cms.Media.Images;

/// <summary>The deadline for work on an image.</summary>
internal readonly record struct Deadline(long Began, TimeSpan Longest)
{
    public static Deadline In(TimeSpan longest) => new(Stopwatch.GetTimestamp(), longest);

    /// <summary>
    /// Stops processing an image when the deadline has passed. Keep a reference to the image until processing ends.
    /// </summary>
    public void Limit(Image image)
    {
        var (began, longest) = this;
        image.SetProgress(true);
        image.SignalConnect(
            Enums.Signals.Eval,
            (at, _) =>
            {
                if (Stopwatch.GetElapsedTime(began) > longest)
                {
                    at.SetKill(true);
                }
            }
        );
    }

    /// <summary>Returns whether libvips stopped because of a deadline.</summary>
    public static bool Ended(VipsException fault) =>
        fault.Message.Contains("killed", StringComparison.OrdinalIgnoreCase);
}
