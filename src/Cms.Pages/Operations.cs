using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Pages;

/// <summary>
/// The GraphQL documents of pages. The server trusts the same files, so pages send only the SHA-256 of a document.
/// </summary>
public sealed partial class Operations
{
    private const string Folder = "operations/";
    private const string FragmentEnding = ".fragment";

    private readonly FrozenDictionary<string, string> _texts;
    private readonly FrozenDictionary<string, string> _ids;

    /// <summary>Reads the documents that are embedded in these assemblies.</summary>
    public Operations(params IEnumerable<Assembly> assemblies)
    {
        _texts = assemblies.SelectMany(Read).ToFrozenDictionary(StringComparer.Ordinal);
        _ids = _texts
            .Where(file => !file.Key.EndsWith(FragmentEnding, StringComparison.Ordinal))
            .ToFrozenDictionary(file => file.Key, file => Hash(WithFragments(file.Value)), StringComparer.Ordinal);
    }

    /// <summary>The names of all operations.</summary>
    public IEnumerable<string> Names => _ids.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns the id of a document: the SHA-256 of its text, in hex.</summary>
    /// <param name="name">The name of its file.</param>
    public string IdOf(string name) => _ids[name];

    /// <summary>Returns the text of an operation, with the fragments that it uses.</summary>
    /// <param name="name">The name of its file.</param>
    public string TextOf(string name) => WithFragments(_texts[name]);

    // The server puts documents together in the same way: the operation, then its fragments in the order of their names.
    private string WithFragments(string operation)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        Queue<string> texts = new([operation]);
        while (texts.TryDequeue(out var text))
        {
            foreach (Match spread in Spread().Matches(text))
            {
                if (
                    _texts.TryGetValue(spread.Groups["name"].Value + FragmentEnding, out var fragment)
                    && names.Add(spread.Groups["name"].Value)
                )
                {
                    texts.Enqueue(fragment);
                }
            }
        }

        return string.Concat([operation, .. names.Select(name => "\n" + _texts[name + FragmentEnding])]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Read(Assembly assembly) =>
        assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using StreamReader file = new(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return KeyValuePair.Create(
                    Path.GetFileNameWithoutExtension(name[Folder.Length..]),
                    file.ReadToEnd().ReplaceLineEndings("\n")
                );
            });

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"\.\.\.(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Spread();
}
