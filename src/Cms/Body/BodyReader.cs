using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cms.GraphQL;

namespace Cms.Body;

/// <summary>
/// Reads ProseMirror JSON directly into nodes. Anything that the model does not define is rejected, not skipped, and
/// the error contains its path.
/// </summary>
internal ref partial struct BodyReader
{
    // Each level of nodes is an object and a "content" array; attributes and marks add a few levels.
    private const int JsonDepth = (2 * BodyLimits.Depth) + 8;

    private readonly Span<int> _path;
    private Utf8JsonReader _json;
    private int _depth;
    private int _mark = -1;
    private int _nodes;
    private bool _needsIds;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private BodyReader(ReadOnlySpan<byte> utf8, Span<int> path)
    {
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 2 * JsonDepth });
        this._path = path;
    }

    public static Result<RichText> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > BodyLimits.JsonBytes)
        {
            return BodyTooLarge.OfJson(utf8.Length);
        }

        var reader = new BodyReader(utf8, stackalloc int[BodyLimits.Depth]);
        try
        {
            return reader.ReadDocument();
        }
        catch (BodyRefused refused)
        {
            return refused.Error;
        }
        catch (JsonException malformed)
        {
            return new BodyInvalid(
                reader.At(""),
                $"The body is not valid JSON: see line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}."
            );
        }
    }

    private RichText ReadDocument()
    {
        Advance();
        if (OpenNode(out var seen) is not NodeType.Doc)
        {
            throw Refuse("type", "The body must be a node of type doc.");
        }

        ReadNode(NodeType.Doc, seen, out var document);
        var blocks = document.Blocks;
        if (_json.Read())
        {
            throw Refuse("", "There is something after the document. Send one JSON object.");
        }

        return new RichText(_needsIds ? BlockIds.Complete(blocks) : blocks);
    }

    private void Advance()
    {
        if (!_json.Read())
        {
            throw new JsonException("The JSON ends too early.");
        }
    }

    /// <summary>
    /// Returns the type of the node that begins here. If the type is the first field, the reader moves past it.
    /// </summary>
    private NodeType OpenNode(out Key seen)
    {
        if (_json.TokenType is not JsonTokenType.StartObject)
        {
            throw Refuse("", "A node must be a JSON object with a type.");
        }

        Advance();
        if (_json.TokenType is not JsonTokenType.PropertyName || !_json.ValueTextEquals("type"u8))
        {
            seen = Key.None;
            return FindNodeType(_json);
        }

        Advance();
        var type = NodeTypeOf(ref _json);
        Advance();
        seen = Key.Type;
        return type;
    }

    /// <summary>
    /// Finds the type of a node whose first field is not the type. Reads ahead on a copy, so the reader does not move.
    /// </summary>
    private readonly NodeType FindNodeType(Utf8JsonReader ahead)
    {
        while (ahead.TokenType is JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("type"u8);
            ahead.Read();
            if (isType)
            {
                return NodeTypeOf(ref ahead);
            }

            Pass(ref ahead);
            ahead.Read();
        }

        throw Refuse("type", "A node must have a type.");
    }

    private readonly NodeType NodeTypeOf(ref Utf8JsonReader at) =>
        at.TokenType is JsonTokenType.String
            ? NodeTypes.Find(ref at)
                ?? throw Refuse("type", $"There is no node type \"{Quote(ref at)}\". Use {KnownNodes}.")
            : throw Refuse("type", "The type of a node must be a string.");

    private static void Pass(ref Utf8JsonReader ahead)
    {
        var start = ahead.CurrentDepth;
        while (ahead.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || ahead.CurrentDepth > start)
        {
            if (ahead.CurrentDepth > JsonDepth)
            {
                throw new BodyRefused(new BodyTooDeep(BodyLimits.Depth));
            }

            if (!ahead.Read())
            {
                throw new JsonException("The JSON ends too early.");
            }
        }
    }

    private static readonly string KnownNodes = string.Join(
        ", ",
        Enum.GetValues<NodeType>().Where(type => type is not NodeType.Doc).Select(type => type.Name)
    );

    /// <summary>The contents of a node. The type of the node determines which fields are set.</summary>
    private struct Parts
    {
        public Attributes Attributes;
        public ImmutableArray<Block> Blocks;
        public ImmutableArray<Inline> Inlines;
        public string Text;
        public TextStyle Style;
        public Link? Link;
    }

    private void ReadNode(NodeType type, Key seen, out Parts parts)
    {
        parts = new Parts
        {
            Blocks = [],
            Inlines = [],
            Text = "",
        };
        while (_json.TokenType is JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("type"u8))
            {
                Once(ref seen, Key.Type, "type");
                Advance();
            }
            else if (_json.ValueTextEquals("content"u8) && !type.IsLeaf)
            {
                Once(ref seen, Key.Content, "content");
                Open(JsonTokenType.StartArray, "content", "The content of a node must be a list.");
                ReadContent(type, ref parts);
            }
            else if (_json.ValueTextEquals("attrs"u8))
            {
                Once(ref seen, Key.Attributes, "attrs");
                Open(JsonTokenType.StartObject, "attrs", "The attributes of a node must be a JSON object.");
                ReadAttributes(type, ref parts.Attributes);
            }
            else if (_json.ValueTextEquals("text"u8) && type is NodeType.Text)
            {
                Once(ref seen, Key.Text, "text");
                Advance();
                parts.Text = ReadString("text");
            }
            else if (_json.ValueTextEquals("marks"u8) && type is NodeType.Text)
            {
                Once(ref seen, Key.Marks, "marks");
                Open(JsonTokenType.StartArray, "marks", "The marks of a text must be a list.");
                ReadMarks(ref parts);
            }
            else
            {
                throw Refuse(Quote(ref _json), $"{type.NameWithArticle} has no such field. Remove it.");
            }

            Advance();
        }

        RequireContent(type, ref parts);
    }

    private readonly void RequireContent(NodeType type, ref Parts parts)
    {
        if (type is NodeType.Text)
        {
            if (parts.Text is "")
            {
                throw Refuse("text", "A text must not be empty. Remove the node.");
            }
        }
        else if (!type.IsLeaf && !type.MayBeEmpty && parts.Blocks.IsEmpty)
        {
            throw Refuse("content", $"{type.NameWithArticle} must not be empty. It can contain {type.Contents}.");
        }
        else if (type is NodeType.ListItem && parts.Blocks[0] is not Paragraph)
        {
            throw Refuse("content[0]", "A listItem must begin with a paragraph, which can be empty.");
        }
        else
        {
            RequireAttributes(type, ref parts.Attributes);
        }
    }

    private void ReadContent(NodeType parent, ref Parts parts)
    {
        if (_depth == BodyLimits.Depth)
        {
            throw new BodyRefused(new BodyTooDeep(BodyLimits.Depth));
        }

        var inlines = parent.AllowsInlines || parent is NodeType.CodeBlock ? new InlineBuilder() : null;
        var blocks = inlines is null ? ImmutableArray.CreateBuilder<Block>() : null;
        _path[_depth++] = 0;
        Advance();
        while (_json.TokenType is not JsonTokenType.EndArray)
        {
            if (++_nodes > BodyLimits.Nodes)
            {
                throw new BodyRefused(new BodyTooManyNodes(BodyLimits.Nodes));
            }

            var type = OpenNode(out var seen);
            if (!parent.Holds(type))
            {
                throw Refuse(
                    "",
                    $"{parent.NameWithArticle} cannot contain the node {type.Name}. It can contain {parent.Contents}."
                );
            }

            if (blocks is not null)
            {
                blocks.Add(ReadBlock(type, seen));
            }
            else if (parent is NodeType.CodeBlock)
            {
                inlines!.Add(ReadCode(seen), TextStyle.None, link: null);
            }
            else
            {
                ReadInline(type, seen, inlines!);
            }

            _path[_depth - 1]++;
            Advance();
        }

        _depth--;
        parts.Blocks = blocks?.DrainToImmutable() ?? [];
        parts.Inlines = inlines?.ToImmutable() ?? [];
    }

    private void ReadInline(NodeType type, Key seen, InlineBuilder inlines)
    {
        ReadNode(type, seen, out var parts);
        if (type is NodeType.HardBreak)
        {
            inlines.Break();
        }
        else
        {
            inlines.Add(
                BodyText.Running(parts.Text) ?? throw Refuse("text", ControlCharacter),
                parts.Style,
                parts.Link
            );
        }
    }

    private string ReadCode(Key seen)
    {
        ReadNode(NodeType.Text, seen, out var parts);
        if (parts.Style is not TextStyle.None || parts.Link is not null)
        {
            throw Refuse("marks", "Code cannot have marks. Remove them.");
        }

        return BodyText.Code(parts.Text) ?? throw Refuse("text", ControlCharacter);
    }

    private Block ReadBlock(NodeType type, Key seen)
    {
        ReadNode(type, seen, out var parts);
        ref var attributes = ref parts.Attributes;
        var id = attributes.Id ?? "";
        _needsIds |= id is "" || !_ids.Add(id);
        return type switch
        {
            NodeType.Paragraph => new Paragraph(id, parts.Inlines),
            NodeType.Heading => new Heading(id, attributes.Level, parts.Inlines),
            NodeType.BulletList => new BulletList(id, Only<ListItem>(parts.Blocks)),
            NodeType.OrderedList => new OrderedList(id, attributes.Start ?? 1, Only<ListItem>(parts.Blocks)),
            NodeType.ListItem => new ListItem(id, parts.Blocks),
            NodeType.Blockquote => new Blockquote(id, parts.Blocks),
            NodeType.CodeBlock => new CodeBlock(
                id,
                attributes.Language,
                parts.Inlines is [Text code] ? code.Value : ""
            ),
            NodeType.Callout => new Callout(id, attributes.Tone ?? CalloutTone.Note, parts.Blocks),
            NodeType.HorizontalRule => new HorizontalRule(id),
            NodeType.Image => new Image(
                id,
                attributes.Media.GetValueOrDefault(),
                attributes.Alt ?? "",
                attributes.Caption ?? "",
                attributes.Decorative
            ),
            NodeType.Embed => attributes.Article is { } article
                ? new ArticleEmbed(id, article)
                : new ToolEmbed(id, attributes.Tool.GetValueOrDefault()),
            NodeType.ExternalEmbed => new ExternalEmbed(id, attributes.Address!, attributes.Title ?? ""),
            NodeType.Table => new Table(id, Only<TableRow>(parts.Blocks)),
            NodeType.TableRow => new TableRow(id, Only<TableCell>(parts.Blocks)),
            _ => new TableCell(
                id,
                type is NodeType.TableHeader,
                attributes.Colspan ?? 1,
                attributes.Rowspan ?? 1,
                Only<Paragraph>(parts.Blocks)
            )
            {
                Alignment = attributes.Alignment,
            },
        };
    }

    // The content rules guarantee that every child is a T.
    private static ImmutableArray<T> Only<T>(ImmutableArray<Block> blocks)
        where T : Block
    {
        var typed = new T[blocks.Length];
        for (var i = 0; i < typed.Length; i++)
        {
            typed[i] = (T)blocks[i];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(typed);
    }
}
