using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Site.Api;

/// <summary>
/// The GraphQL documents of the site. The server trusts the same files, so the site sends only the SHA-256 of a document.
/// </summary>
public static partial class Operations
{
    private const string Folder = "operations/";
    private const string FragmentEnding = ".fragment";

    private static readonly FrozenDictionary<string, string> Texts = Read();
    private static readonly FrozenDictionary<string, string> Ids = Texts
        .Where(file => !file.Key.EndsWith(FragmentEnding, StringComparison.Ordinal))
        .ToFrozenDictionary(file => file.Key, file => Hash(WithFragments(file.Value)), StringComparer.Ordinal);

    /// <summary>The names of all operations.</summary>
    public static IEnumerable<string> Names => Ids.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns the id of a document: the SHA-256 of its text, in hex.</summary>
    /// <param name="name">The name of its file.</param>
    public static string IdOf(string name) => Ids[name];

    /// <summary>Returns the text of an operation, with the fragments that it uses.</summary>
    /// <param name="name">The name of its file.</param>
    public static string TextOf(string name) => WithFragments(Texts[name]);

    // The server puts documents together in the same way: the operation, then its fragments in the order of their names.
    private static string WithFragments(string operation)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        Queue<string> texts = new([operation]);
        while (texts.TryDequeue(out var text))
        {
            foreach (Match spread in Spread().Matches(text))
            {
                if (
                    Texts.TryGetValue(spread.Groups["name"].Value + FragmentEnding, out var fragment)
                    && names.Add(spread.Groups["name"].Value)
                )
                {
                    texts.Enqueue(fragment);
                }
            }
        }

        return string.Concat([operation, .. names.Select(name => "\n" + Texts[name + FragmentEnding])]);
    }

    private static FrozenDictionary<string, string> Read()
    {
        var program = Assembly.GetExecutingAssembly();
        return program
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => Path.GetFileNameWithoutExtension(name[Folder.Length..]),
                name =>
                {
                    using StreamReader file = new(program.GetManifestResourceStream(name)!, Encoding.UTF8);
                    return file.ReadToEnd().ReplaceLineEndings("\n");
                },
                StringComparer.Ordinal
            );
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"\.\.\.(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Spread();
}
