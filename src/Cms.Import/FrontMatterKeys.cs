using System.Globalization;
using Cms.GraphQL;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cms.Import;

/// <summary>
/// Reads the values of a YAML mapping as the expected types. A file with an invalid value is rejected.
/// </summary>
internal sealed class FrontMatterKeys(YamlMappingNode map, string path)
{
    /// <summary>The line of the file in which the mapping begins. The front matter begins in the second line.</summary>
    public long Line => map.Start.Line + 1;

    /// <summary>Rejects the file if it contains a key that is not in <paramref name="known" />.</summary>
    public FrontMatterKeys Allow(string[] known)
    {
        foreach (var key in map.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";

            // Lookups match keys without a tag, so a key with a tag would be ignored.
            if (!key.Tag.IsEmpty)
            {
                throw new FrontMatterRefused($"The key ‘{path}{name}’ has a YAML tag. Remove the tag.");
            }

            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new FrontMatterRefused(new UnknownKey(path + name, known));
            }
        }

        return this;
    }

    public string? Text(string key) => Quotation(key) is { } text ? WithoutComment(key, text) : null;

    /// <summary>
    /// Reads words of the article's body, which can contain an HTML comment because readers see them there.
    /// </summary>
    public string? Quotation(string key) =>
        Node(key) switch
        {
            null => null,
            YamlScalarNode { Value: null or "" } => null,
            YamlScalarNode { Value: "null" or "~", Style: ScalarStyle.Plain } => null,
            YamlScalarNode { Value: var text } => text,
            _ => throw Malformed(key, "a text"),
        };

    public string Required(string key) => Text(key) ?? throw new FrontMatterRefused(new KeyMissing(path + key));

    public IReadOnlyList<string> Texts(string key) =>
        Node(key) switch
        {
            null => [],
            YamlScalarNode { Value: null or "" } => [],
            YamlSequenceNode list =>
            [
                .. list.Select(item =>
                    (item as YamlScalarNode)?.Value is { } text
                        ? WithoutComment(key, text)
                        : throw Malformed(key, "a list of texts: [one, two]")
                ),
            ],
            _ => throw Malformed(key, "a list of texts: [one, two]"),
        };

    public FrontMatterKeys? Map(string key) =>
        Node(key) switch
        {
            null => null,
            YamlScalarNode { Value: null or "" } => null,
            YamlMappingNode inner => new FrontMatterKeys(inner, $"{path}{key}."),
            _ => throw Malformed(key, "nested keys: { name: …, url: … }"),
        };

    public bool IsMap(string key) => Node(key) is YamlMappingNode;

    /// <summary>Returns two numbers from 0 to 1, or an empty list if the key is missing.</summary>
    public List<double> Parts(string key)
    {
        var written = Texts(key);
        List<double> parts = [];
        foreach (var text in written)
        {
            if (
                !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part)
                || part > 1
            )
            {
                throw Malformed(key, "two numbers from 0 to 1: [0.5, 0.3]");
            }

            parts.Add(part);
        }

        return parts.Count is 0 or 2 ? parts : throw Malformed(key, "two numbers from 0 to 1: [0.5, 0.3]");
    }

    public IEnumerable<FrontMatterKeys> Maps(string key) =>
        Node(key) switch
        {
            null => [],
            YamlScalarNode { Value: null or "" } => [],
            YamlSequenceNode list => list.Select(
                (item, i) =>
                    new FrontMatterKeys(
                        item as YamlMappingNode ?? throw Malformed(key, "a list of keys and values"),
                        $"{path}{key}[{i}]."
                    )
            ),
            _ => throw Malformed(key, "a list of keys and values"),
        };

    public int Number(string key, int fallback) =>
        Text(key) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Malformed(key, "a whole number");

    public bool Flag(string key, bool fallback) =>
        Text(key) is not { } text ? fallback
        : bool.TryParse(text, out var flag) ? flag
        : throw Malformed(key, "true or false");

    /// <summary>Reads a time that decides when something is public. A key without a value is rejected.</summary>
    public DateTimeOffset? Time(string key) =>
        Node(key) is not { } node ? null
        : Moment(node) is { } time ? time
        : throw Malformed(key, Rfc3339.Expected);

    /// <summary>Reads a day or a time. A day becomes midnight UTC.</summary>
    public DateTimeOffset? Date(string key) =>
        Text(key) is not { } text ? null
        : DateOnly.TryParseExact(
            text.Trim(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
        : Moment(Node(key)) is { } time ? time
        : throw Malformed(key, "2026-04-03 or 2026-04-03T10:30:00Z");

    public DateTimeOffset RequiredDate(string key) =>
        Date(key) ?? throw new FrontMatterRefused(new KeyMissing(path + key));

    /// <summary>
    /// Reads a story's status, which is published if the key is missing. A key without a value is rejected.
    /// </summary>
    public ImportStatus Status(string key) =>
        Node(key) is not { } node
            ? ImportStatus.Published
            : (node as YamlScalarNode)?.Value?.Trim().ToLowerInvariant() switch
            {
                "published" => ImportStatus.Published,
                "draft" => ImportStatus.Draft,
                _ => throw Malformed(key, "published or draft"),
            };

    public T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        // Match names only: Enum.TryParse also accepts numbers and lists.
        var names = Enum.GetNames<T>();
        return names.FirstOrDefault(name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } choice
            ? Enum.Parse<T>(choice)
            : throw Malformed(key, string.Join(" or ", names.Select(name => name.ToLowerInvariant())));
    }

    // YAML also allows a space in place of the T of RFC 3339.
    private static DateTimeOffset? Moment(YamlNode? node) =>
        (node as YamlScalarNode)?.Value?.Trim() is { Length: > 10 } text
            ? Rfc3339.Parse(text[10] is ' ' ? $"{text[..10]}T{text[11..]}" : text)
            : null;

    private YamlNode? Node(string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    // Values are plain text, so an HTML comment in a value would be published.
    private string WithoutComment(string key, string text) =>
        HtmlComment.Pattern().Matches(text).Any(comment => comment.Value[4..^3].Trim().Length > 0)
            ? throw new FrontMatterRefused(
                $"The value of ‘{path}{key}’ contains an HTML comment, which would be published here. Remove it, or write it as a YAML comment: # …"
            )
            : text;

    private FrontMatterRefused Malformed(string key, string expected) => new(new ValueMalformed(path + key, expected));
}
