using System.Collections.Concurrent;
using Cms.Changes;

namespace Cms.Server.Media;

/// <summary>What was answered to addresses of images, kept until anything changes before readers.</summary>
internal sealed class ImageAnswers(ChangeFeed feed)
{
    // Whoever walks through all images of a large archive makes us begin anew, not grow.
    private const int MaxCached = 20_000;

    private readonly ConcurrentDictionary<string, (long Tail, ImageAnswer Answer)> _answers = new(
        StringComparer.Ordinal
    );

    /// <summary>The end of the change log as it is known here: give it with what was read afterwards.</summary>
    public long? Tail => feed.Tail;

    /// <summary>What was answered to an address, if it is still so.</summary>
    public ImageAnswer? Find(string address) =>
        _answers.TryGetValue(address, out var kept) && kept.Tail == feed.Tail ? kept.Answer : null;

    /// <summary>Keeps an answer, unless something changed since <paramref name="tail" /> was the end of the log.</summary>
    public void Add(string address, long? tail, ImageAnswer answer)
    {
        if (tail is not { } end || end != feed.Tail)
        {
            return;
        }

        if (_answers.Count >= MaxCached)
        {
            _answers.Clear();
        }

        _answers[address] = (end, answer);
    }
}
