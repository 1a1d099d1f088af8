using System.Buffers;
using System.Text;

namespace Cms.Body;

/// <summary>Escapes text for HTML content and double-quoted attributes.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'\u00A0");

    public static StringBuilder AppendEscaped(this StringBuilder html, string text)
    {
        var rest = text.AsSpan();
        for (var next = rest.IndexOfAny(Special); next >= 0; next = rest.IndexOfAny(Special))
        {
            html.Append(rest[..next])
                .Append(
                    rest[next] switch
                    {
                        '&' => "&amp;",
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '"' => "&quot;",
                        '\'' => "&#39;",
                        _ => "&#160;",
                    }
                );
            rest = rest[(next + 1)..];
        }

        return html.Append(rest);
    }
}
