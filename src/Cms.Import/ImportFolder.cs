using System.IO.Compression;
using System.Text;
using Cms.GraphQL;
using Cms.Media.Intake;

namespace Cms.Import;

/// <summary>
/// A temporary folder with the files of an import that somebody has sent. It contains only files that import reads, each
/// inside the folder, and not more than the server can hold. It is removed at the end.
/// </summary>
internal sealed class ImportFolder : IDisposable
{
    /// <summary>The most bytes that all files may have together, as they were sent.</summary>
    public const int MaxBytes = MediaUpload.MaxBytes - 1_000_000;

    /// <summary>The most bytes that all files may have together when they are unpacked.</summary>
    public const int MaxUnpacked = 100_000_000;

    /// <summary>The most files that one import may have.</summary>
    public const int MaxFiles = 500;

    // More entries than this are not even looked at.
    private const int MaxEntries = 10 * MaxFiles;
    private const int MaxPath = 300;

    // In bytes. No common file system has longer names.
    private const int MaxName = 255;
    private const int MaxNotes = 20;
    private const int UnixTypeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;

    private static readonly HashSet<string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md",
        ".markdown",
        ".json",
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".avif",
        ".gif",
    };

    private readonly List<string> _leftOut = [];
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private long _bytes;

    // A server that is killed leaves its folders behind. No import takes as long as this.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private ImportFolder() => Directory.CreateDirectory(Path);

    /// <summary>The folder.</summary>
    public string Path { get; } =
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{TemporaryFile.Prefix}{Guid.CreateVersion7():N}")
        );

    /// <summary>What was left out of ZIP files, in words.</summary>
    public IReadOnlyList<string> Notes =>
        _leftOut.Count <= MaxNotes
            ? [.. _leftOut.Select(LeftOut)]
            : [.. _leftOut.Take(MaxNotes).Select(LeftOut), $"{_leftOut.Count - MaxNotes} more files were left out."];

    /// <summary>Returns whether a file with this name can be sent.</summary>
    public static bool IsRead(string name) => Read.Contains(System.IO.Path.GetExtension(name)) || IsZip(name);

    /// <summary>Unpacks the files that somebody has sent.</summary>
    /// <param name="package">A ZIP file that contains the files as they were sent. Those can be ZIP files.</param>
    public static async Task<Result<ImportFolder>> UnpackAsync(Stream package, CancellationToken cancellationToken)
    {
        RemoveAbandoned();
        var folder = new ImportFolder();
        try
        {
            if (await folder.AddAsync(package, cancellationToken) is { } refusal)
            {
                folder.Dispose();
                return refusal;
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => Remove(Path);

    private static void RemoveAbandoned()
    {
        var temporary = new DirectoryInfo(System.IO.Path.GetTempPath());
        var oldest = TimeProvider.System.GetUtcNow() - Abandoned;
        foreach (var folder in temporary.EnumerateDirectories(TemporaryFile.Prefix + "*"))
        {
            if (folder.CreationTimeUtc < oldest.UtcDateTime)
            {
                Remove(folder.FullName);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The system empties its folder for temporary files.
        }
    }

    private async Task<UserError?> AddAsync(Stream package, CancellationToken cancellationToken)
    {
        await using var sent = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in sent.Entries)
        {
            if (!IsRead(entry.FullName) || IsHidden([entry.FullName]))
            {
                return new ImportFileUnknown(entry.FullName);
            }

            var refusal = IsZip(entry.FullName)
                ? await AddZipAsync(entry, cancellationToken)
                : await AddAsync(entry, entry.FullName, cancellationToken);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return _paths.Count == 0 ? new ImportEmpty() : null;
    }

    private async Task<UserError?> AddZipAsync(ZipArchiveEntry sent, CancellationToken cancellationToken)
    {
        try
        {
            await using var stored = await sent.OpenAsync(cancellationToken);
            await using var file = TemporaryFile.Create();
            await stored.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            await using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries)
            {
                return new ImportTooManyFiles(MaxFiles);
            }

            var root = RootOf(zip);
            foreach (var entry in zip.Entries)
            {
                if (await AddPackedAsync(entry, root, cancellationToken) is { } refusal)
                {
                    return refusal;
                }
            }

            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            return new ZipDamaged(sent.FullName);
        }
    }

    private async Task<UserError?> AddPackedAsync(
        ZipArchiveEntry entry,
        string root,
        CancellationToken cancellationToken
    )
    {
        // Some programs for Windows write backslashes.
        var name = entry.FullName.Replace('\\', '/');
        if (name.EndsWith('/'))
        {
            return null;
        }

        var path = name[root.Length..];
        var parts = path.Split('/');
        if (
            path.Length > MaxPath
            || parts.Any(part => part is "" or "." or "..")
            || path.Any(letter => char.IsControl(letter) || letter is ':' or '*' or '?' or '"' or '<' or '>' or '|')
        )
        {
            return new ImportPathUnsafe(PlainName(name));
        }

        if (IsHidden(parts) || IsLink(entry) || !Read.Contains(System.IO.Path.GetExtension(path)))
        {
            if (!IsHidden(parts))
            {
                _leftOut.Add(path);
            }

            return null;
        }

        return await AddAsync(entry, path, cancellationToken);
    }

    private async Task<UserError?> AddAsync(ZipArchiveEntry entry, string path, CancellationToken cancellationToken)
    {
        if (!_paths.Add(path))
        {
            return new ImportNameTwice(path);
        }

        if (_paths.Count > MaxFiles)
        {
            return new ImportTooManyFiles(MaxFiles);
        }

        // A folder cannot have the name of a file.
        var target = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, path));
        var parts = path.Split('/');
        if (
            !target.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || parts.Any(part => Encoding.UTF8.GetByteCount(part) > MaxName)
            || Directory.Exists(target)
            || Enumerable.Range(1, parts.Length - 1).Any(depth => _paths.Contains(string.Join('/', parts[..depth])))
        )
        {
            return new ImportPathUnsafe(PlainName(path));
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        await using var content = await entry.OpenAsync(cancellationToken);
        await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);

        // What a ZIP file says about the sizes of its files need not be true, so the bytes are counted.
        var buffer = new byte[81_920];
        while (await content.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            _bytes += read;
            if (_bytes > MaxUnpacked)
            {
                return new ImportUnpacksTooLarge(MaxUnpacked);
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return null;
    }

    // A folder that was packed as a whole is the only thing in its ZIP file. Paths are relative to that folder.
    private static string RootOf(ZipArchive zip)
    {
        var tops = zip
            .Entries.Select(entry => entry.FullName.Replace('\\', '/').Split('/'))
            .Where(parts => !IsHidden(parts))
            .Select(parts => parts.Length > 1 ? parts[0] : null)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return tops is [{ Length: > 0 } only] && only is not (".." or ".") ? only + "/" : "";
    }

    private static bool IsZip(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    // Programs and systems put their own files into folders.
    private static bool IsHidden(IEnumerable<string> parts) =>
        parts.Any(part => (part.StartsWith('.') && part is not ("." or "..")) || part is "__MACOSX");

    private static bool IsLink(ZipArchiveEntry entry) =>
        ((entry.ExternalAttributes >> UnixTypeShift) & UnixTypeMask) == UnixLink;

    private static string LeftOut(string path) => $"{path} was left out, because import does not read such files.";

    private static string PlainName(string name) =>
        new([.. name.Where(letter => !char.IsControl(letter)).Take(MaxPath)]);
}
