using System.Security.Cryptography;
using Cms.Media.Intake;

namespace Cms.Media.Blobs;

/// <summary>
/// Stores blobs as files. A file is first written and flushed in a temporary folder. A hard link then gives the file
/// its final name, unless the name is taken. So incomplete files cannot be read, and files are never overwritten.
/// </summary>
public sealed class FileSystemBlobStore(string folder, UploadTickets tickets, TimeProvider clock) : IBlobStore
{
    private const int BufferSize = 81_920;
    private const int PageSize = 1_000;

    private readonly string _root = Path.GetFullPath(folder);

    private volatile bool _isKnown;

    private string Temporary => Path.Combine(_root, "tmp");

    public async Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        var final = PathOf(key);
        if (File.Exists(final))
        {
            return BlobPut.Exists;
        }

        RequireRoot();
        Directory.CreateDirectory(Temporary);
        var temporary = Path.Combine(Temporary, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        try
        {
            if (await WriteAsync(temporary, content, maxBytes, cancellationToken) is not { } sha256)
            {
                return BlobPut.TooLarge;
            }

            if (expectedSha256 is not null && sha256 != expectedSha256)
            {
                return BlobPut.Different;
            }

            var (parent, made) = MakeFolder(final);
            if (!DurableFiles.TryLink(temporary, final))
            {
                return BlobPut.Exists;
            }

            // The file's name and the folders created for it must survive a power cut.
            DurableFiles.FlushFolder(parent);
            foreach (var above in made)
            {
                DurableFiles.FlushFolder(above);
            }

            return BlobPut.Created;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    )
    {
        FileStream file;
        try
        {
            file = new FileStream(
                PathOf(key),
                new FileStreamOptions
                {
                    Mode = FileMode.Open,
                    Access = FileAccess.Read,
                    Share = FileShare.Read | FileShare.Delete,
                    Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                    BufferSize = 0,
                }
            );
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            RequireRoot();
            return null;
        }

        var properties = new BlobProperties(key, file.Length, At(File.GetLastWriteTimeUtc(file.SafeFileHandle)));
        if (ifNoneMatch == key.ETag)
        {
            await file.DisposeAsync();
            return new BlobReading(properties, content: null);
        }

        return new BlobReading(properties, range is { } part ? new PartOfFile(file, part) : file);
    }

    public Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new BlobProperties(key, file.Length, At(file.LastWriteTimeUtc)) : null);
    }

    public Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
        {
            return Task.FromResult(false);
        }

        File.Delete(path);
        return Task.FromResult(true);
    }

    public Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken)
    {
        List<BlobProperties> page = [];
        foreach (var path in Walk(prefix, token))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (page.Count == PageSize)
            {
                return Task.FromResult(new BlobPage(page, page[^1].Key.Value));
            }

            // Skips files that are not blobs, and blobs that have just been removed.
            if (BlobKey.Parse(KeyOf(path)) is { } key && new FileInfo(path) is { Exists: true } file)
            {
                page.Add(new BlobProperties(key, file.Length, At(file.LastWriteTimeUtc)));
            }
        }

        return Task.FromResult(new BlobPage(page, null));
    }

    public Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) =>
        GraphQL.EntityId.Parse<MediaUploadId>(key.Value[BlobKey.Quarantined.Length..]) is { } upload
            ? Task.FromResult(tickets.Create(upload, maxBytes, lifetime))
            : throw new ArgumentException("Upload tickets can be created only for quarantine keys.", nameof(key));

    public Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var file in new DirectoryInfo(Temporary) is { Exists: true } remnants ? remnants.EnumerateFiles() : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (At(file.LastWriteTimeUtc) < before)
            {
                file.Delete();
                removed++;
            }
        }

        return Task.FromResult(removed);
    }

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        RequireRoot();
        Directory.CreateDirectory(Temporary);
        _isKnown = true;
        var probe = Path.Combine(Temporary, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(probe, [1], cancellationToken);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    // A folder that was there before is not created again: it is on a disk that is not mounted now, and files in a new
    // folder would be hidden when the disk is back.
    private void RequireRoot()
    {
        if (Directory.Exists(_root))
        {
            _isKnown = true;
        }
        else if (_isKnown)
        {
            throw new DirectoryNotFoundException($"The folder {_root} is missing: mount its disk, or restore it.");
        }
    }

    // Returns the hash of the bytes written; null if they exceed the limit.
    private static async Task<string?> WriteAsync(
        string path,
        Stream content,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            }
        );
        var buffer = new byte[BufferSize];
        var written = 0L;
        while (await content.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            written += read;
            if (written > maxBytes)
            {
                return null;
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static DateTimeOffset At(DateTime utc) => new(utc, TimeSpan.Zero);

    // Creates the folder of a file. Returns the folder, and all folders in which a new folder was created.
    private (string Parent, IReadOnlyList<string> Made) MakeFolder(string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        List<string> made = [];
        for (var above = parent; above.Length > _root.Length && !Directory.Exists(above); )
        {
            above = Path.GetDirectoryName(above)!;
            made.Add(above);
        }

        Directory.CreateDirectory(parent);
        return (parent, made);
    }

    // Lists files in the order of their keys. Folders and files are sorted together, by name.
    private IEnumerable<string> Walk(string prefix, string? after)
    {
        var under = prefix.LastIndexOf('/') is var slash and >= 0 ? prefix[..slash] : "";
        return Under(Path.Combine(_root, under.Replace('/', Path.DirectorySeparatorChar)));

        IEnumerable<string> Under(string folder)
        {
            if (!Directory.Exists(folder))
            {
                yield break;
            }

            foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                var key = KeyOf(entry);
                if (Directory.Exists(entry))
                {
                    // Skips a folder if all keys in it sort before the last listed key.
                    if (after is null || string.CompareOrdinal(key + "/\uffff", after) > 0)
                    {
                        foreach (var file in Under(entry))
                        {
                            yield return file;
                        }
                    }
                }
                else if (
                    key.StartsWith(prefix, StringComparison.Ordinal)
                    && (after is null || string.CompareOrdinal(key, after) > 0)
                )
                {
                    yield return entry;
                }
            }
        }
    }

    private string KeyOf(string path) => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');

    private string PathOf(BlobKey key) => Path.Combine(_root, key.Value.Replace('/', Path.DirectorySeparatorChar));
}
