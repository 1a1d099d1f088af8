using System.Collections;
using System.Globalization;
using System.Text;

namespace Cms.Audit;

/// <summary>
/// Writes JSON in the canonical form of RFC 8785: one text for one value, so that a hash of the text identifies the
/// value. Anybody can write the same text with a library for their language.
/// </summary>
public static class CanonicalJson
{
    // JSON numbers are doubles, which represent all integers up to this one.
    private const long MaxInteger = 1L << 53;

    /// <summary>Returns the canonical text of a value.</summary>
    /// <param name="value">
    /// A dictionary with string keys, a list, a string, a number, a Boolean, null, or <see cref="RawJson" />.
    /// </param>
    /// <exception cref="ArgumentException">The value has no canonical form.</exception>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case string words:
                WriteString(text, words);
                break;
            case int number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case long number when Math.Abs(number) <= MaxInteger:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                text.Append(Number(number));
                break;
            case RawJson raw:
                text.Append(raw.Text);
                break;
            case IReadOnlyDictionary<string, object?> members:
                WriteObject(text, members);
                break;
            case IEnumerable items:
                WriteArray(text, items);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} has no canonical JSON.", nameof(value));
        }
    }

    // RFC 8785 sorts the names by their UTF-16 code units, which is the ordinal order of .NET.
    private static void WriteObject(StringBuilder text, IReadOnlyDictionary<string, object?> members)
    {
        text.Append('{');
        foreach (var (index, (name, value)) in members.OrderBy(m => m.Key, StringComparer.Ordinal).Index())
        {
            if (index > 0)
            {
                text.Append(',');
            }

            WriteString(text, name);
            text.Append(':');
            Write(text, value);
        }

        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, IEnumerable items)
    {
        text.Append('[');
        foreach (var (index, item) in items.Cast<object?>().Index())
        {
            if (index > 0)
            {
                text.Append(',');
            }

            Write(text, item);
        }

        text.Append(']');
    }

    private static void WriteString(StringBuilder text, string words)
    {
        text.Append('"');
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    if (char.IsSurrogate(c))
                    {
                        if (i + 1 == words.Length || !char.IsSurrogatePair(c, words[i + 1]))
                        {
                            throw new ArgumentException("Half a surrogate pair has no canonical JSON.", nameof(words));
                        }

                        text.Append(c);
                        i++;
                        text.Append(words[i]);
                        break;
                    }

                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }

    // The notation of ECMAScript (ECMA-262, Number::toString), which RFC 8785 prescribes.
    private static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException("Only finite numbers have canonical JSON.", nameof(number));
        }

        if (number == 0)
        {
            return "0";
        }

        // .NET writes the shortest digits that identify the number, as d.ddd or as d.dddE±xx.
        var written = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var dot = written[0].IndexOf('.', StringComparison.Ordinal);
        var all = written[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var point =
            (dot < 0 ? all.Length : dot)
            - (all.Length - digits.Length)
            + (written is [_, var exponent] ? int.Parse(exponent, CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        var text =
            point is > 21 or <= -6 ? Scientific(digits, point - 1)
            : point <= 0 ? "0." + new string('0', -point) + digits
            : point >= digits.Length ? digits.PadRight(point, '0')
            : digits[..point] + "." + digits[point..];
        return number < 0 ? "-" + text : text;
    }

    private static string Scientific(string digits, int exponent) =>
        (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..])
        + (exponent < 0 ? "e-" : "e+")
        + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Text that is canonical JSON already.</summary>
public sealed record RawJson(string Text);
