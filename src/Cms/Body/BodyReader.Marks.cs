using System.Text.Json;

namespace Cms.Body;

internal ref partial struct BodyReader
{
    private void ReadMarks(ref Parts parts)
    {
        _mark = 0;
        Advance();
        while (_json.TokenType is not JsonTokenType.EndArray)
        {
            ReadMark(ref parts);
            _mark++;
            Advance();
        }

        _mark = -1;
    }

    private void ReadMark(ref Parts parts)
    {
        var style = OpenMark(out var seen);
        if (style is TextStyle.None ? parts.Link is not null : parts.Style.HasFlag(style))
        {
            throw Refuse("type", "A text cannot have the same mark twice. Remove one.");
        }

        while (_json.TokenType is JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("type"u8))
            {
                Once(ref seen, Key.Type, "type");
                Advance();
            }
            else if (_json.ValueTextEquals("attrs"u8))
            {
                Once(ref seen, Key.Attributes, "attrs");
                Open(JsonTokenType.StartObject, "attrs", "The attributes of a mark must be a JSON object.");
                parts.Link = ReadLink(style) ?? parts.Link;
            }
            else
            {
                throw Refuse(Quote(ref _json), "A mark has no such field. Remove it.");
            }

            Advance();
        }

        if (style is TextStyle.None && parts.Link is null)
        {
            throw Refuse("attrs.href", "A link must have an href.");
        }

        parts.Style |= style;
    }

    /// <summary>
    /// Returns the style of the mark that begins here; <see cref="TextStyle.None"/> for a link. If the type is the
    /// first field, the reader moves past it.
    /// </summary>
    private TextStyle OpenMark(out Key seen)
    {
        if (_json.TokenType is not JsonTokenType.StartObject)
        {
            throw Refuse("", "A mark must be a JSON object with a type.");
        }

        Advance();
        if (_json.TokenType is not JsonTokenType.PropertyName || !_json.ValueTextEquals("type"u8))
        {
            seen = Key.None;
            return FindMark(_json);
        }

        Advance();
        var style = MarkOf(ref _json);
        Advance();
        seen = Key.Type;
        return style;
    }

    private readonly TextStyle FindMark(Utf8JsonReader ahead)
    {
        while (ahead.TokenType is JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("type"u8);
            ahead.Read();
            if (isType)
            {
                return MarkOf(ref ahead);
            }

            Pass(ref ahead);
            ahead.Read();
        }

        throw Refuse("type", "A mark must have a type.");
    }

    private readonly TextStyle MarkOf(ref Utf8JsonReader at) =>
        at.TokenType is not JsonTokenType.String ? throw Refuse("type", "The type of a mark must be a string.")
        : at.ValueTextEquals("bold"u8) ? TextStyle.Bold
        : at.ValueTextEquals("italic"u8) ? TextStyle.Italic
        : at.ValueTextEquals("strike"u8) ? TextStyle.Strike
        : at.ValueTextEquals("code"u8) ? TextStyle.Code
        : at.ValueTextEquals("link"u8) ? TextStyle.None
        : throw Refuse("type", $"There is no mark \"{Quote(ref at)}\". Use bold, italic, strike, code or link.");

    /// <summary>Reads the attributes of a link. For any other mark, rejects attributes and returns null.</summary>
    private Link? ReadLink(TextStyle style)
    {
        LinkAddress? href = null;
        string? title = null;
        var seen = AttributeKey.None;
        Advance();
        while (_json.TokenType is JsonTokenType.PropertyName)
        {
            var isHref = _json.ValueTextEquals("href"u8);
            var field = isHref ? "attrs.href" : "attrs.title";
            if (style is not TextStyle.None || (!isHref && !_json.ValueTextEquals("title"u8)))
            {
                throw Refuse($"attrs.{Quote(ref _json)}", "The mark has no such attribute. Remove it.");
            }

            var key = isHref ? AttributeKey.Target : AttributeKey.Caption;
            if (seen.HasFlag(key))
            {
                throw Refuse(field, "This attribute is given twice. Remove one.");
            }

            seen |= key;
            Advance();
            if (isHref)
            {
                var written = ReadString(field);
                href =
                    LinkAddress.Parse(written)
                    ?? throw new BodyRefused(WithPath(LinkNotAllowed.Of(written, At(field)), At(field)));
            }
            else if (_json.TokenType is not JsonTokenType.Null)
            {
                title = ReadLabel(field) is { Length: > 0 } text ? text : null;
            }

            Advance();
        }

        return style is not TextStyle.None ? null
            : href is null ? throw Refuse("attrs.href", "A link must have an href.")
            : new Link(href, title);
    }
}
