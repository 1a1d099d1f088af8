using System.Text.RegularExpressions;
using Cms.Testing;

namespace Cms.Server.Tests.Documentation;

/// <summary>The Markdown files in the root of the repository and in the docs folder.</summary>
internal static partial class Documents
{
    public static string Path(string name) => System.IO.Path.Combine(Repository.Root, name);

    /// <summary>The paths of all documents, relative to the root of the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path("docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string document) => File.ReadAllText(Path(document));

    /// <summary>Returns the targets of a document's links into the repository.</summary>
    public static IEnumerable<string> LinksOf(string document) =>
        Link()
            .Matches(Quote().Replace(Code().Replace(Read(document), ""), ""))
            .Select(match => match.Groups["it"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>
    /// Returns the target of a link: a path relative to the root, and an anchor, which is empty if there is none.
    /// </summary>
    public static (string Path, string Anchor) Resolve(string document, string link)
    {
        var parts = link.Split('#', 2);
        var folder = System.IO.Path.GetDirectoryName(Path(document))!;
        var target = parts[0].Length == 0 ? Path(document) : System.IO.Path.GetFullPath(parts[0], folder);
        return (System.IO.Path.GetRelativePath(Repository.Root, target), parts.ElementAtOrDefault(1) ?? "");
    }

    /// <summary>Returns the anchors of a document's headings, in the form that GitHub uses.</summary>
    public static IEnumerable<string> AnchorsOf(string document) =>
        Heading()
            .Matches(Code().Replace(Read(document), ""))
            .Select(match => match.Groups["it"].Value.Trim().ToLowerInvariant())
            .Select(text => NoAnchor().Replace(text, "").Replace(' ', '-'));

    /// <summary>Returns all texts between backticks.</summary>
    public static IEnumerable<string> Quoted(string document) =>
        Quote().Matches(Read(document)).Select(match => match.Groups["it"].Value);

    [GeneratedRegex(@"\]\((?<it>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<it>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("`(?<it>[^`\n]+)`")]
    private static partial Regex Quote();

    // Text in indented or fenced code is neither a link nor a heading.
    [GeneratedRegex(@"^```[\s\S]*?^```|^    .*$", RegexOptions.Multiline)]
    private static partial Regex Code();
}
