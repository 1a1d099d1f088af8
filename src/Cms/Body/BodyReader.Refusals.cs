using System.Globalization;
using System.Text;
using System.Text.Json;
using Cms.GraphQL;

namespace Cms.Body;

internal ref partial struct BodyReader
{
    private const string ControlCharacter = "The text contains a control character. Remove it.";

    [Flags]
    private enum Key
    {
        None = 0,
        Type = 1,
        Content = 2,
        Attributes = 4,
        Text = 8,
        Marks = 16,
    }

    /// <summary>Ends a deep recursion with an error, which <see cref="Read"/> catches and returns.</summary>
    private sealed class BodyRefused(UserError error) : JsonException(error.Message)
    {
        public UserError Error => error;
    }

    private readonly BodyRefused Refuse(string field, string problem) =>
        new(WithPath(new BodyInvalid(At(field), problem), At(field)));

    private static UserError WithPath(UserError error, string at) =>
        error with
        {
            Path = at.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries),
        };

    private readonly string At(string field)
    {
        var text = new StringBuilder();
        for (var level = 0; level < _depth; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $".content[{_path[level]}]");
        }

        if (_mark >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $".marks[{_mark}]");
        }

        return (field is "" ? text : text.Append('.').Append(field)).ToString().TrimStart('.');
    }

    private readonly void Once(ref Key seen, Key key, string field)
    {
        if (seen.HasFlag(key))
        {
            throw Refuse(field, "This field is given twice. Remove one.");
        }

        seen |= key;
    }

    private void Open(JsonTokenType token, string field, string problem)
    {
        Advance();
        if (_json.TokenType != token)
        {
            throw Refuse(field, problem);
        }
    }

    /// <summary>Returns an untrusted name, cleaned and shortened so that a message can quote it.</summary>
    private static string Quote(ref Utf8JsonReader at)
    {
        const int most = 40;
        try
        {
            var name = BodyText.Running(at.GetString() ?? "") ?? "?";
            return name.Length <= most ? name : $"{name[..most].TrimEnd('\uD800', '\uDBFF')}…";
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private readonly string ReadString(string field)
    {
        if (_json.TokenType is not JsonTokenType.String)
        {
            throw Refuse(field, "Expected a string.");
        }

        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The string contains an escaped lone surrogate, or bytes that are not UTF-8.
            throw Refuse(field, "The text contains an incomplete Unicode character. Enter it again.");
        }
    }

    private readonly string ReadLabel(string field)
    {
        var text = ReadString(field);
        if (text.Length > BodyLimits.LabelLength)
        {
            throw Refuse(field, $"Shorten it to at most {BodyLimits.LabelLength} characters.");
        }

        return (BodyText.Running(text) ?? throw Refuse(field, ControlCharacter)).Trim();
    }

    private readonly int ReadNumber(string field, int least, int most) =>
        _json.TokenType is JsonTokenType.Number
        && _json.TryGetInt32(out var number)
        && number >= least
        && number <= most
            ? number
            : throw Refuse(
                field,
                least == most ? $"Expected {least}." : $"Expected a whole number from {least} to {most}."
            );
}
