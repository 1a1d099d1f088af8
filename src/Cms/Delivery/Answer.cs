using System.Collections.Concurrent;
using System.IO.Compression;
using Cms.GraphQL.Execution;
using Cms.Reading;

namespace Cms.Delivery;

/// <summary>A complete response body, with a record of what was read to produce it.</summary>
public sealed class Answer(ReadOnlyMemory<byte> body, string entityTag, ReadTracker reads)
{
    // In bytes. Compression makes smaller answers longer, or saves less than one network packet.
    private const int WorthCompressing = 1_000;
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _encoded = new(StringComparer.Ordinal);
    private long _lastUsed;

    /// <summary>UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Whether compression saves anything.</summary>
    public bool IsWorthCompressing => body.Length >= WorthCompressing;

    /// <summary>The strong entity tag, with its quotes (RFC 9110 §8.8.3).</summary>
    public string EntityTag => entityTag;

    /// <summary>What was read to produce the answer.</summary>
    public ReadTracker Reads => reads;

    /// <summary>What telemetry says about the operation; null if nobody listened when the answer was made.</summary>
    public TracedOperation? Operation { get; init; }

    /// <summary>Returns the body in a content coding. It is compressed on first use.</summary>
    /// <param name="coding"><c>br</c> or <c>gzip</c>.</param>
    public ReadOnlyMemory<byte> In(string coding) =>
        _encoded.GetOrAdd(coding, static (coding, body) => coding == "br" ? Brotli(body) : Gzip(body), body);

    private static ReadOnlyMemory<byte> Brotli(ReadOnlyMemory<byte> body)
    {
        var encoded = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body.Span, encoded, out var length, BrotliQuality, BrotliWindow)
            ? encoded.AsMemory(0, length).ToArray()
            : throw new InvalidOperationException("The compressed answer does not fit into its buffer.");
    }

    private static ReadOnlyMemory<byte> Gzip(ReadOnlyMemory<byte> body)
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return encoded.ToArray();
    }

    internal long LastUsed => Volatile.Read(ref _lastUsed);

    internal int Size => body.Length + (reads.Ids.Count * 64) + 1_000;

    internal void Touch(long now) => Volatile.Write(ref _lastUsed, now);
}
