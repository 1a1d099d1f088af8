using System.Text.RegularExpressions;
using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Finds the image files to which items refer. Never returns a file outside the import's folder.</summary>
internal static partial class ImageFiles
{
    /// <summary>Finds a file and returns its path relative to the import's folder.</summary>
    /// <param name="root">The import's folder.</param>
    /// <param name="folder">The item's folder, relative to <paramref name="root" />.</param>
    /// <param name="file">The file's path, relative to the item's folder or to the import's folder.</param>
    public static Result<string> Find(string root, string folder, string file)
    {
        if (!Name().IsMatch(file))
        {
            return new ImageFileMisnamed(file);
        }

        return
            Paths(folder, file)
                .FirstOrDefault(path => new FileInfo(Path.Combine(root, path)) is { Exists: true, LinkTarget: null })
                is { } found
            ? found
            : new ImageFileMissing(file);
    }

    /// <summary>Returns a file's possible paths, relative to the import's folder, in order of preference.</summary>
    public static IEnumerable<string> Paths(string folder, string file) =>
        new[] { folder, "" }.Distinct(StringComparer.Ordinal).Select(from => Within($"{from}/{file}")).OfType<string>();

    /// <summary>Returns whether an image's address in an item has the form of a file path and not of a URL.</summary>
    public static bool IsFile(string name) => Name().IsMatch(name);

    // Returns null if the path leads outside the folder.
    private static string? Within(string path)
    {
        List<string> parts = [];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    // The maximum length is the width of the database column.
    [GeneratedRegex(@"^[A-Za-z0-9._\-][A-Za-z0-9._\-/]{0,299}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
