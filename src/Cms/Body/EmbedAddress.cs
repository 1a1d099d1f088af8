using System.Buffers;
using System.Globalization;

namespace Cms.Body;

/// <summary>
/// The https address of a page on another site that a body embeds. The host is in lower case and in ASCII (RFC 5891), so
/// that it can be compared with a list of hosts.
/// </summary>
public sealed record EmbedAddress
{
    internal const string Problem =
        "The URL of an external embed must begin with https:// and a host name, without a user name, a port or an IP address. Correct it, or use a link.";

    private const string Scheme = "https://";

    private static readonly SearchValues<char> EndOfHost = SearchValues.Create("/?#");

    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    private EmbedAddress(string host, string rest) => (Host, Value) = (host, $"{Scheme}{host}{rest}");

    public string Value { get; }

    public string Host { get; }

    public static EmbedAddress? Parse(string text)
    {
        // LinkAddress rejects white space, control characters and user names.
        if (LinkAddress.Parse(text) is null || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text[Scheme.Length..];
        var end = rest.AsSpan().IndexOfAny(EndOfHost);
        return
            HostOf(end < 0 ? rest : rest[..end]) is { } host
            && new EmbedAddress(host, end < 0 ? "" : rest[end..])
                is { Value.Length: <= BodyLimits.AddressLength } address
            ? address
            : null;
    }

    /// <summary>Returns a host name in lower case and in ASCII; null if it is not a host name.</summary>
    internal static string? HostOf(string text)
    {
        try
        {
            var host = Names.GetAscii(text).ToLowerInvariant();

            // The last label of an IPv4 address begins with a digit, in every notation (RFC 1123, section 2.1).
            return
                host.LastIndexOf('.') is > 0 and var dot && dot + 1 < host.Length && char.IsAsciiLetter(host[dot + 1])
                ? host
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() => Value;
}
