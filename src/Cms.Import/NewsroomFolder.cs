using System.Text;

namespace Cms.Import;

/// <summary>Finds and reads the files of an import.</summary>
internal static class NewsroomFolder
{
    /// <summary>The maximum size of a file in bytes.</summary>
    private const long MaxFile = 2 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Returns the import's folder, to which the paths of image files are relative.</summary>
    public static string Root(string path) =>
        Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Reads the items of all files at a path, in the order of the files.</summary>
    /// <exception cref="DirectoryNotFoundException">There is neither a file nor a folder at the path.</exception>
    public static async Task<IReadOnlyList<ImportItem>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var files = Files(path);
        var items = new IReadOnlyList<ImportItem>[files.Count];
        await Parallel.ForAsync(
            0,
            files.Count,
            cancellationToken,
            async (i, token) => items[i] = await ReadAsync(path, files[i], token)
        );
        return [.. items.SelectMany(ofFile => ofFile)];
    }

    // Returns the Markdown and JSON files at a path, ordered by path.
    private static IReadOnlyList<string> Files(string path) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".MD" or ".MARKDOWN" or ".JSON")
                    .Order(StringComparer.Ordinal),
            ]
        : throw new DirectoryNotFoundException($"There is no file or folder at {path}. Check the path.");

    private static async Task<IReadOnlyList<ImportItem>> ReadAsync(
        string root,
        string file,
        CancellationToken cancellationToken
    )
    {
        var origin = File.Exists(root) ? Path.GetFileName(file) : Path.GetRelativePath(root, file);
        var folder = (Path.GetDirectoryName(origin) ?? "").Replace('\\', '/');
        var name = Path.GetFileNameWithoutExtension(file);
        if (new FileInfo(file).Length > MaxFile)
        {
            return [Refuse(origin, "The file is larger than 2 MB. Split it, or remove everything that is not text.")];
        }

        try
        {
            var text = await File.ReadAllTextAsync(file, Strict, cancellationToken);
            var items = Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? Ninjs.Read(origin, name, text)
                : [FrontMatter.Read(origin, name, text)];
            return [.. items.Select(item => item with { Folder = folder })];
        }
        catch (DecoderFallbackException)
        {
            return [Refuse(origin, "The file is not encoded in UTF-8. Save it in UTF-8.")];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [Refuse(origin, $"The file cannot be read ({fault.Message.TrimEnd('.')}). Check its permissions.")];
        }
    }

    private static UnreadableItem Refuse(string origin, string problem) =>
        new() { Origin = origin, Reason = new FileUnreadable(problem) };
}
