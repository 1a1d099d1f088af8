using System.Diagnostics;
using NetVips;

namespace Cms.Media.Images;

/// <summary>When work on an image must be done.</summary>
internal readonly record struct Deadline(long Began, TimeSpan Longest)
{
    public static Deadline In(TimeSpan longest) => new(Stopwatch.GetTimestamp(), longest);

    /// <summary>Ends the making of an image that is not done by then. Keep the image until it is made.</summary>
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

    /// <summary>Whether it is for this that libvips gave up.</summary>
    public static bool Ended(VipsException fault) =>
        fault.Message.Contains("killed", StringComparison.OrdinalIgnoreCase);
}
