using System.Text.Json;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

internal ref partial struct BodyReader
{
    private const int IdLength = 32;

    private struct Attributes
    {
        public string? Id;
        public int Level;
        public int? Start;
        public string? Language;
        public CalloutTone? Tone;
        public MediaId? Media;
        public string? Alt;
        public string? Caption;
        public bool Decorative;
        public string? Kind;
        public string? Target;
        public ArticleId? Article;
        public ToolId? Tool;
        public EmbedAddress? Address;
        public string? Title;
        public int? Colspan;
        public int? Rowspan;
        public CellAlignment? Alignment;
        public AttributeKey Seen;
    }

    [Flags]
    private enum AttributeKey
    {
        None = 0,
        Id = 1,
        Level = 2,
        Start = 4,
        Language = 8,
        Tone = 16,
        Media = 32,
        Alt = 64,
        Caption = 128,
        Decorative = 256,
        Kind = 512,
        Target = 1024,
        Colspan = 2048,
        Rowspan = 4096,
        Version = 8192,
        Url = 16_384,
        Title = 32_768,
        Align = 65_536,
    }

    private void ReadAttributes(NodeType type, ref Attributes attributes)
    {
        Advance();
        while (_json.TokenType is JsonTokenType.PropertyName)
        {
            var (key, field) = FindAttribute(type);
            if (attributes.Seen.HasFlag(key))
            {
                throw Refuse(field, "This attribute is given twice. Remove one.");
            }

            attributes.Seen |= key;
            Advance();
            ReadAttribute(ref attributes, key, field);
            Advance();
        }
    }

    private (AttributeKey Key, string Field) FindAttribute(NodeType type) =>
        type switch
        {
            NodeType.Doc when _json.ValueTextEquals("schemaVersion"u8) => (AttributeKey.Version, "attrs.schemaVersion"),
            not (NodeType.Doc or NodeType.Text or NodeType.HardBreak) when _json.ValueTextEquals("id"u8) => (
                AttributeKey.Id,
                "attrs.id"
            ),
            NodeType.Heading when _json.ValueTextEquals("level"u8) => (AttributeKey.Level, "attrs.level"),
            NodeType.OrderedList when _json.ValueTextEquals("start"u8) => (AttributeKey.Start, "attrs.start"),
            NodeType.CodeBlock when _json.ValueTextEquals("language"u8) => (AttributeKey.Language, "attrs.language"),
            NodeType.Callout when _json.ValueTextEquals("tone"u8) => (AttributeKey.Tone, "attrs.tone"),
            NodeType.Image when _json.ValueTextEquals("mediaId"u8) => (AttributeKey.Media, "attrs.mediaId"),
            NodeType.Image when _json.ValueTextEquals("alt"u8) => (AttributeKey.Alt, "attrs.alt"),
            NodeType.Image when _json.ValueTextEquals("caption"u8) => (AttributeKey.Caption, "attrs.caption"),
            NodeType.Image when _json.ValueTextEquals("decorative"u8) => (AttributeKey.Decorative, "attrs.decorative"),
            NodeType.Embed when _json.ValueTextEquals("kind"u8) => (AttributeKey.Kind, "attrs.kind"),
            NodeType.Embed when _json.ValueTextEquals("target"u8) => (AttributeKey.Target, "attrs.target"),
            NodeType.ExternalEmbed when _json.ValueTextEquals("url"u8) => (AttributeKey.Url, "attrs.url"),
            NodeType.ExternalEmbed when _json.ValueTextEquals("title"u8) => (AttributeKey.Title, "attrs.title"),
            NodeType.TableHeader or NodeType.TableCell when _json.ValueTextEquals("colspan"u8) => (
                AttributeKey.Colspan,
                "attrs.colspan"
            ),
            NodeType.TableHeader or NodeType.TableCell when _json.ValueTextEquals("rowspan"u8) => (
                AttributeKey.Rowspan,
                "attrs.rowspan"
            ),
            NodeType.TableHeader or NodeType.TableCell when _json.ValueTextEquals("align"u8) => (
                AttributeKey.Align,
                "attrs.align"
            ),
            _ => throw Refuse($"attrs.{Quote(ref _json)}", $"{type.NameWithArticle} has no such attribute. Remove it."),
        };

    private readonly void ReadAttribute(ref Attributes attributes, AttributeKey key, string field)
    {
        // ProseMirror writes an attribute without a value as null.
        if (
            _json.TokenType is JsonTokenType.Null
            && (
                key
                is AttributeKey.Id
                    or AttributeKey.Language
                    or AttributeKey.Alt
                    or AttributeKey.Caption
                    or AttributeKey.Title
                    or AttributeKey.Align
            )
        )
        {
            return;
        }

        switch (key)
        {
            case AttributeKey.Id:
                attributes.Id = ReadBlockId(field);
                break;
            case AttributeKey.Level:
                attributes.Level = ReadNumber(field, 2, 4);
                break;
            case AttributeKey.Start:
                attributes.Start = ReadNumber(field, 0, BodyLimits.ListStart);
                break;
            case AttributeKey.Language:
                attributes.Language = ReadLanguage(field);
                break;
            case AttributeKey.Tone:
                attributes.Tone = ReadTone(field);
                break;
            case AttributeKey.Media:
                attributes.Media =
                    MediaId.Parse(ReadString(field)) ?? throw Refuse(field, "Expected the id of a media asset: med_….");
                break;
            case AttributeKey.Alt:
                attributes.Alt = ReadLabel(field);
                break;
            case AttributeKey.Caption:
                attributes.Caption = ReadLabel(field);
                break;
            case AttributeKey.Decorative:
                attributes.Decorative = _json.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? _json.GetBoolean()
                    : throw Refuse(field, "Expected true or false.");
                break;
            case AttributeKey.Kind:
                attributes.Kind = ReadString(field) is "article" or "tool"
                    ? ReadString(field)
                    : throw Refuse(field, "The kind of an embed must be article or tool.");
                break;
            case AttributeKey.Target:
                attributes.Target = ReadString(field);
                break;
            case AttributeKey.Url:
                attributes.Address = EmbedAddress.Parse(ReadString(field)) ?? throw Refuse(field, EmbedAddress.Problem);
                break;
            case AttributeKey.Title:
                attributes.Title = ReadLabel(field);
                break;
            case AttributeKey.Colspan:
                attributes.Colspan = ReadNumber(field, 1, BodyLimits.Span);
                break;
            case AttributeKey.Rowspan:
                attributes.Rowspan = ReadNumber(field, 1, BodyLimits.Span);
                break;
            case AttributeKey.Align:
                attributes.Alignment = ReadAlignment(field);
                break;
            default:
                _ = ReadNumber(field, RichText.CurrentSchemaVersion, RichText.CurrentSchemaVersion);
                break;
        }

        if (attributes is { Kind: { } kind, Target: { } target })
        {
            attributes.Article = kind is "article" ? ArticleId.Parse(target) : null;
            attributes.Tool = kind is "tool" ? ToolId.Parse(target) : null;
        }
    }

    private readonly void RequireAttributes(NodeType type, ref Attributes attributes)
    {
        if (type is NodeType.Heading && attributes.Level is 0)
        {
            throw Refuse("attrs.level", "The level of a heading must be 2, 3 or 4.");
        }

        if (type is NodeType.Image && attributes.Media is null)
        {
            throw Refuse("attrs.mediaId", "An image must have a mediaId: med_….");
        }

        if (type is NodeType.Image && attributes is { Decorative: true, Alt: not (null or "") })
        {
            throw Refuse(
                "attrs.alt",
                "A decorative image must not have alternative text. Remove the text, or set decorative to false."
            );
        }

        if (type is NodeType.ExternalEmbed && attributes.Address is null)
        {
            throw Refuse("attrs.url", "An external embed must have a url. Add it.");
        }

        if (type is NodeType.Embed && attributes.Kind is null)
        {
            throw Refuse("attrs.kind", "The kind of an embed must be article or tool.");
        }

        if (type is NodeType.Embed && attributes is { Article: null, Tool: null })
        {
            throw Refuse("attrs.target", "An embed must have a target: art_… for an article, tol_… for a tool.");
        }
    }

    private readonly string ReadBlockId(string field)
    {
        var id = ReadString(field);
        foreach (var character in id)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                id = "";
                break;
            }
        }

        return id.Length is > 0 and <= IdLength
            ? id
            : throw Refuse(
                field,
                $"A block's id must have 1 to {IdLength} letters, digits, - or _. Leave it out to have one generated."
            );
    }

    private readonly string? ReadLanguage(string field)
    {
        var language = ReadString(field);
        return language is "" || CodeLanguage.IsValid(language)
            ? language is ""
                ? null
                : language
            : throw Refuse(field, "A language must be a short name such as csharp or c++.");
    }

    private readonly CellAlignment ReadAlignment(string field) =>
        ReadString(field) switch
        {
            "left" => CellAlignment.Left,
            "center" => CellAlignment.Center,
            "right" => CellAlignment.Right,
            _ => throw Refuse(
                field,
                "The alignment of a cell must be left, center or right. Leave it out for the alignment of the page."
            ),
        };

    private readonly CalloutTone ReadTone(string field) =>
        ReadString(field) switch
        {
            "note" => CalloutTone.Note,
            "tip" => CalloutTone.Tip,
            "warning" => CalloutTone.Warning,
            _ => throw Refuse(field, "The tone of a callout must be note, tip or warning."),
        };
}
