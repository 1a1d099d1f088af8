using System.Text.RegularExpressions;

namespace Cms.GraphQL.Documents;

/// <summary>
/// Fragments that several trusted documents use. A document is its operation, then the fragments that it uses, in the
/// order of their names, each after a line break. A client that refers to the document by hash joins them in the same way.
/// </summary>
internal sealed partial class SharedFragments
{
    private const string Ending = ".fragment.graphql";

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Returns whether a file contains a shared fragment.</summary>
    public static bool IsFragment(string file) => file.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Reads the fragments of a folder.</summary>
    public static async Task<SharedFragments> ReadAsync(string folder)
    {
        SharedFragments fragments = new();
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            var text = await File.ReadAllTextAsync(file);
            fragments._texts[Path.GetFileName(file)[..^Ending.Length]] = text.ReplaceLineEndings("\n");
        }

        return fragments;
    }

    /// <summary>Returns an operation with the fragments that it uses, directly or through other fragments.</summary>
    public string AddTo(string operation)
    {
        SortedSet<string> used = new(StringComparer.Ordinal);
        Queue<string> unread = new([operation]);
        while (unread.TryDequeue(out var text))
        {
            foreach (Match spread in Spread().Matches(text))
            {
                var name = spread.Groups["name"].Value;
                if (_texts.TryGetValue(name, out var fragment) && used.Add(name))
                {
                    unread.Enqueue(fragment);
                }
            }
        }

        return string.Concat([operation, .. used.Select(name => "\n" + _texts[name])]);
    }

    [GeneratedRegex(@"\.\.\.(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Spread();
}
