using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>
/// An https, http or mailto address, stored as written. Anything else, such as a script that a browser would run, is
/// rejected.
/// </summary>
public sealed record LinkAddress
{
    // Browsers ignore tabs and newlines inside a scheme, and read \ as /. Legitimate addresses contain none of them. An
    // apostrophe is allowed: RFC 3986 permits it (section 2.2), and all code here that writes HTML escapes it.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Enumerable.Range(0, 0x21).Select(code => (char)code),
        .. Enumerable.Range(0x7F, 0x22).Select(code => (char)code),
        .. "\"<>\\`{}\u00AD\u061C\u180E\u1680\u3000\uFEFF\uFFFC\uFFFD\uFFFE\uFFFF",
        .. Enumerable
            .Range(0x2000, 0x70)
            .Where(code => code is not (>= 0x2010 and <= 0x2027 or >= 0x2030 and <= 0x205E))
            .Select(code => (char)code),
    ]);

    private static readonly SearchValues<char> Encoded = SearchValues.Create(" \"<>`{}");

    private static readonly SearchValues<char> EndOfAuthority = SearchValues.Create("/?#");

    private LinkAddress(string value) => Value = value;

    public string Value { get; }

    public static LinkAddress? Parse(string text) =>
        text.Length <= BodyLimits.AddressLength
        && !text.AsSpan().ContainsAny(Forbidden)
        && (IsWebAddress(text, "https://") || IsWebAddress(text, "http://") || IsMailAddress(text))
            ? new LinkAddress(text)
            : null;

    /// <summary>
    /// Percent-encodes printable characters that an address must not contain (RFC 3986, section 2), as CommonMark
    /// and browsers do. Returns null if the result is still not a valid address.
    /// </summary>
    public static LinkAddress? Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (Encoded.Contains(character))
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            }
            else
            {
                encoded.Append(character);
            }
        }

        return Parse(encoded.ToString());
    }

    internal bool IsMail => Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Value;

    private static bool IsWebAddress(ReadOnlySpan<char> text, string scheme)
    {
        if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var authority = text[scheme.Length..];
        var end = authority.IndexOfAny(EndOfAuthority);
        authority = end < 0 ? authority : authority[..end];
        return authority.Length > 0
            && authority[0] is not (':' or '.')
            // A user name before the host can look like the host: https://bank.example@evil.example.
            && !authority.ContainsAny('@', '%', '&');
    }

    private static bool IsMailAddress(ReadOnlySpan<char> text)
    {
        const string scheme = "mailto:";
        if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var address = text[scheme.Length..];
        var query = address.IndexOf('?');
        address = query < 0 ? address : address[..query];
        var at = address.IndexOf('@');
        return at > 0 && at < address.Length - 1;
    }
}
