using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Cms.Body;

/// <summary>Writes the canonical JSON of a body: a fixed order of fields and marks, without default values.</summary>
internal static class BodyWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Also escapes < > & ' ", so that the JSON can be embedded in a page.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        SkipValidation = true,
        MaxDepth = 4 * BodyLimits.Depth,
    };

    public static ReadOnlyMemory<byte> Write(RichText body)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(body, json);
        }

        return buffer.WrittenMemory;
    }

    public static void Write(RichText body, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, NodeType.Doc.Name);
        json.WriteStartObject("attrs"u8);
        json.WriteNumber("schemaVersion"u8, RichText.CurrentSchemaVersion);
        json.WriteEndObject();
        Blocks(json, body.Blocks);
        json.WriteEndObject();
    }

    private static void Blocks(Utf8JsonWriter json, ImmutableArray<Block> blocks)
    {
        if (blocks.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("content"u8);
        foreach (var block in blocks)
        {
            Block(json, block);
        }

        json.WriteEndArray();
    }

    private static void Block(Utf8JsonWriter json, Block block)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, TypeOf(block).Name);
        json.WriteStartObject("attrs"u8);
        json.WriteString("id"u8, block.Id);
        Attributes(json, block);
        json.WriteEndObject();
        switch (block)
        {
            case TextBlock text:
                Inlines(json, text.Content);
                break;
            case CodeBlock { Code: not "" } code:
                Inlines(json, [new Text(code.Code)]);
                break;
            default:
                Blocks(json, block.Children);
                break;
        }

        json.WriteEndObject();
    }

    private static NodeType TypeOf(Block block) =>
        block switch
        {
            Paragraph => NodeType.Paragraph,
            Heading => NodeType.Heading,
            BulletList => NodeType.BulletList,
            OrderedList => NodeType.OrderedList,
            ListItem => NodeType.ListItem,
            Blockquote => NodeType.Blockquote,
            CodeBlock => NodeType.CodeBlock,
            Callout => NodeType.Callout,
            HorizontalRule => NodeType.HorizontalRule,
            Image => NodeType.Image,
            ArticleEmbed or ToolEmbed => NodeType.Embed,
            ExternalEmbed => NodeType.ExternalEmbed,
            Table => NodeType.Table,
            TableRow => NodeType.TableRow,
            TableCell { IsHeader: true } => NodeType.TableHeader,
            _ => NodeType.TableCell,
        };

    private static void Attributes(Utf8JsonWriter json, Block block)
    {
        switch (block)
        {
            case Heading heading:
                json.WriteNumber("level"u8, heading.Level);
                break;
            case OrderedList { Start: not 1 } list:
                json.WriteNumber("start"u8, list.Start);
                break;
            case CodeBlock { Language: { } language }:
                json.WriteString("language"u8, language);
                break;
            case Callout callout:
                json.WriteString("tone"u8, callout.Tone.ToString().ToLowerInvariant());
                break;
            case Image image:
                Picture(json, image);
                break;
            case ArticleEmbed embed:
                json.WriteString("kind"u8, "article"u8);
                json.WriteString("target"u8, embed.Article.ToString());
                break;
            case ToolEmbed embed:
                json.WriteString("kind"u8, "tool"u8);
                json.WriteString("target"u8, embed.Tool.ToString());
                break;
            case ExternalEmbed embed:
                json.WriteString("url"u8, embed.Address.Value);
                if (embed.Title is not "")
                {
                    json.WriteString("title"u8, embed.Title);
                }

                break;
            case TableCell cell:
                Unless(json, "colspan"u8, cell.Colspan, 1);
                Unless(json, "rowspan"u8, cell.Rowspan, 1);
                if (cell.Alignment is { } alignment)
                {
                    json.WriteString("align"u8, alignment.ToString().ToLowerInvariant());
                }

                break;
            default:
                break;
        }
    }

    private static void Picture(Utf8JsonWriter json, Image image)
    {
        json.WriteString("mediaId"u8, image.Media.ToString());
        json.WriteString("alt"u8, image.Alt);
        if (image.Caption is not "")
        {
            json.WriteString("caption"u8, image.Caption);
        }

        if (image.Decorative)
        {
            json.WriteBoolean("decorative"u8, value: true);
        }
    }

    private static void Unless(Utf8JsonWriter json, ReadOnlySpan<byte> name, int value, int usual)
    {
        if (value != usual)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Inlines(Utf8JsonWriter json, ImmutableArray<Inline> inlines)
    {
        if (inlines.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("content"u8);
        foreach (var inline in inlines)
        {
            json.WriteStartObject();
            if (inline is Text text)
            {
                json.WriteString("type"u8, "text"u8);
                Marks(json, text);
                json.WriteString("text"u8, text.Value);
            }
            else
            {
                json.WriteString("type"u8, "hardBreak"u8);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Marks(Utf8JsonWriter json, Text text)
    {
        if (text is { Style: TextStyle.None, Link: null })
        {
            return;
        }

        json.WriteStartArray("marks"u8);
        if (text.Link is { } link)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "link"u8);
            json.WriteStartObject("attrs"u8);
            json.WriteString("href"u8, link.Href.Value);
            if (link.Title is { } title)
            {
                json.WriteString("title"u8, title);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        Mark(json, text.Style, TextStyle.Bold, "bold"u8);
        Mark(json, text.Style, TextStyle.Italic, "italic"u8);
        Mark(json, text.Style, TextStyle.Strike, "strike"u8);
        Mark(json, text.Style, TextStyle.Code, "code"u8);
        json.WriteEndArray();
    }

    private static void Mark(Utf8JsonWriter json, TextStyle all, TextStyle style, ReadOnlySpan<byte> name)
    {
        if (all.HasFlag(style))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, name);
            json.WriteEndObject();
        }
    }
}
