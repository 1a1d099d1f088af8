using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cms.Import;

/// <summary>Reads Markdown files that begin with YAML between two lines of <c>---</c>.</summary>
internal static class FrontMatter
{
    // Valid front matter is at most three levels deep and usually a few kilobytes long.
    private const int MaxDepth = 10;
    private const int MaxLength = 256 * 1024;

    /// <summary>Reads the item in a file. Returns an <see cref="UnreadableItem" /> if it cannot be read.</summary>
    /// <param name="origin">The file's path, for messages.</param>
    /// <param name="name">The file's name without its extension; the default id of an article.</param>
    public static ImportItem Read(string origin, string name, string text)
    {
        try
        {
            return Item(origin, name, text.ReplaceLineEndings("\n"));
        }
        catch (YamlException fault)
        {
            return Refuse(
                origin,
                $"The front matter is not valid YAML at line {fault.Start.Line + 1}: {fault.Message.TrimEnd('.')}. Correct that line."
            );
        }
        catch (FrontMatterRefused refused)
        {
            return new UnreadableItem { Origin = origin, Reason = refused.Reason };
        }
    }

    private static ImportItem Item(string origin, string name, string text)
    {
        text = text.TrimStart('\uFEFF');
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            return Refuse(origin, "The file does not begin with front matter. Put its keys between two lines of ---.");
        }

        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0 && text.EndsWith("\n---", StringComparison.Ordinal))
        {
            end = text.Length - 4;
        }

        if (end < 0)
        {
            return Refuse(origin, "The front matter is not closed. Put a line of --- after its keys.");
        }

        if (end > MaxLength)
        {
            return Refuse(origin, "The front matter is longer than 256 kB. Move the text below it.");
        }

        var yaml = text[4..Math.Max(end, 4)];
        var body = end + 5 <= text.Length ? text[(end + 5)..].Trim('\n') : "";
        GuardDepth(yaml);
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            return Refuse(origin, "The front matter is not a list of keys. Write one ‘key: value’ on each line.");
        }

        try
        {
            var keys = new FrontMatterKeys(root, "");
            return keys.Text("type") switch
            {
                null or "article" => ArticleFrontMatter.Read(origin, name, keys, body),
                "persona" => PersonaFrontMatter.Read(origin, keys, body),
                "tool" => ToolFrontMatter.Read(origin, keys),
                "author" => AuthorFrontMatter.Read(origin, keys, body),
                "image" => ImageFrontMatter.Read(origin, name, keys),
                "front" => FrontFrontMatter.Read(origin, keys),
                _ => throw new FrontMatterRefused(
                    new ValueMalformed("type", "article, persona, tool, author, image or front")
                ),
            };
        }
        catch (FrontMatterRefused refused)
        {
            return new UnreadableItem
            {
                Origin = origin,
                Reason = refused.Reason,
                Id = Scalar(root, "type") is "persona" or "tool" or "author" or "image" or "front"
                    ? null
                    : Scalar(root, "id") ?? name,
            };
        }
    }

    private static string? Scalar(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node)
        && node is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : null;

    private static UnreadableItem Refuse(string origin, string problem) =>
        new() { Origin = origin, Reason = new FileUnreadable(problem) };

    // This check runs before the YAML library builds the tree recursively. An alias could make the tree infinite.
    private static void GuardDepth(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth || parser.Current is YamlDotNet.Core.Events.AnchorAlias)
            {
                throw new FrontMatterRefused(
                    "The front matter is nested too deeply or uses an alias (*name). Write each value in full."
                );
            }
        }
    }
}
