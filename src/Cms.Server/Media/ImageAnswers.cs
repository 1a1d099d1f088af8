using System.Collections.Concurrent;
using Cms.Changes;

namespace Cms.Server.Media;

/// <summary>Caches the answers to image URLs until the next change in the change log.</summary>
internal sealed class ImageAnswers(ChangeFeed feed)
{
    // The cache is cleared when it reaches this limit, so that a client that requests every image cannot fill memory.
    private const int MaxCached = 20_000;

    private readonly ConcurrentDictionary<string, (long Tail, ImageAnswer Answer)> _answers = new(
        StringComparer.Ordinal
    );

    /// <summary>The known end of the change log. Get it before reading the image, and pass it to Add.</summary>
    public long? Tail => feed.Tail;

    /// <summary>Returns the answer to an address; null if none is cached or something has changed since.</summary>
    public ImageAnswer? Find(string address) =>
        _answers.TryGetValue(address, out var cached) && cached.Tail == feed.Tail ? cached.Answer : null;

    /// <summary>
    /// Caches an answer unless something has changed since the log ended at <paramref name="tail" />.
    /// </summary>
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
