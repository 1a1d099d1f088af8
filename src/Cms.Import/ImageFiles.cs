using System.Text.RegularExpressions;
using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Finds the image files that items name, and never one outside the import's folder.</summary>
internal static partial class ImageFiles
{
    /// <summary>The file's path from the import's folder.</summary>
    /// <param name="root">The import's folder.</param>
    /// <param name="folder">The folder of the item, below it.</param>
    /// <param name="file">The file as the item names it: from where it stands itself, or from the import's folder.</param>
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

    /// <summary>The paths from the import's folder that a name may mean, the first of them first.</summary>
    public static IEnumerable<string> Paths(string folder, string file) =>
        new[] { folder, "" }.Distinct(StringComparer.Ordinal).Select(from => Within($"{from}/{file}")).OfType<string>();

    /// <summary>Whether Markdown names a file of its own folder rather than an address.</summary>
    public static bool IsFile(string name) => Name().IsMatch(name);

    // Null for what leads out of the folder.
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

    // As wide as the column that keeps it.
    [GeneratedRegex(@"^[A-Za-z0-9._\-][A-Za-z0-9._\-/]{0,299}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
