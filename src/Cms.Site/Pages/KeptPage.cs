using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Site.Pages;

/// <summary>A page that was sent before and what it was made of.</summary>
internal sealed class KeptPage
{
    // A quality that compresses nearly as well as the best one at a fraction of its cost.
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;
    private const int MaxKeys = 200;

    /// <summary>The place in a page where notices go.</summary>
    public const string NoticeMark = "<!--notice-->";

    private const string Page = "text/html; charset=utf-8";

    private KeptPage() { }

    public required int Status { get; init; }

    /// <summary>The address of a redirect; null for a page.</summary>
    public string? Location { get; init; }

    public required byte[] Bytes { get; init; }

    /// <summary>The content in Brotli.</summary>
    public required byte[] Compressed { get; init; }

    /// <summary>The content in gzip, for programs that read feeds and sitemaps; null for pages.</summary>
    public byte[]? Gzipped { get; init; }

    public required string ETag { get; set; }

    public required IReadOnlyList<IPageRead> Reads { get; set; }

    public IReadOnlyCollection<string> Frames { get; init; } = [];

    /// <summary>Whether the page shows the working copy of an article.</summary>
    public PreviewState Preview { get; init; }

    /// <summary>The media type of the content.</summary>
    public string ContentType { get; init; } = Page;

    /// <summary>The value of the header <c>Link</c>; null for none.</summary>
    public string? Links { get; init; }

    /// <summary>When this content was made, to the second; null for pages, which have only their validator.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>When the page must be made again although nothing in it has changed; null if never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the API last said that nothing in the page had changed.</summary>
    public DateTimeOffset CheckedAt { get; set; }

    /// <summary>The last public change when the API last said so; null if it was not known.</summary>
    public (long Number, long Gaps)? CheckedChange { get; set; }

    /// <summary>Whether the page must be made again although nothing in it has changed.</summary>
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>Whether the page may be shown to other readers.</summary>
    public bool CanBeKept =>
        Reads.Count > 0 && Reads.All(read => read.CanBeKept) && Status != StatusCodes.Status404NotFound;

    /// <summary>The size in memory with the answers that the page was made of, in bytes, about.</summary>
    public long Size =>
        Bytes.Length + Compressed.Length + (Gzipped?.Length ?? 0) + Reads.Sum(read => read.Size) + 1_000;

    /// <summary>
    /// The ids by which a CDN can purge the page, separated by spaces; empty if there are too many for a header. Caches
    /// in front of the site check the page again after a few seconds in any case.
    /// </summary>
    public required string Keys { get; init; }

    public static KeptPage Of(
        string html,
        int status,
        string? location,
        IReadOnlyList<IPageRead> reads,
        IReadOnlyCollection<string> frames,
        DateTimeOffset now,
        PreviewState preview = PreviewState.None,
        string contentType = Page,
        DateTimeOffset? expiresAt = null,
        string? links = null
    )
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var isFile = contentType != Page;
        return new KeptPage
        {
            Status = status,
            Location = location,
            Bytes = bytes,
            Compressed = Compress(bytes),
            Gzipped = isFile ? Gzip(bytes) : null,
            LastModified = isFile
                ? new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset)
                : null,
            ETag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..12])}\"").Tag,
            Reads = reads,
            Keys = KeysOf(reads),
            Frames = frames,
            Preview = preview,
            ContentType = contentType,
            ExpiresAt = expiresAt,
            Links = links,
            CheckedAt = now,
        };
    }

    /// <summary>Returns the page with a notice at its top.</summary>
    public string With(string notice) =>
        Encoding.UTF8.GetString(Bytes).Replace(NoticeMark, notice, StringComparison.Ordinal);

    private static string KeysOf(IReadOnlyList<IPageRead> reads)
    {
        var keys = reads
            .SelectMany(read => read.Keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        return keys.Count > MaxKeys ? "" : string.Join(' ', keys);
    }

    private static byte[] Compress(byte[] bytes)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, buffer, out var length, BrotliQuality, BrotliWindow)
            ? buffer[..length]
            : throw new InvalidOperationException("A page could not be compressed.");
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream gzipped = new();
        using (GZipStream gzip = new(gzipped, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return gzipped.ToArray();
    }
}
