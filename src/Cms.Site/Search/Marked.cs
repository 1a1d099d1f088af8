using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Cms.Site.Search;

/// <summary>
/// Shows a highlight of the API. Only its <c>mark</c> elements become elements. All else is shown as the text that it is,
/// so that nothing in an article can become part of the page.
/// </summary>
public sealed partial class Marked : ComponentBase
{
    /// <summary>Text that is escaped for HTML, with each match in a <c>mark</c> element.</summary>
    [Parameter, EditorRequired]
    public required string Html { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var end = 0;
        foreach (Match match in Mark().Matches(Html))
        {
            builder.AddContent(0, WebUtility.HtmlDecode(Html[end..match.Index]));
            builder.OpenElement(1, "mark");
            builder.AddContent(2, WebUtility.HtmlDecode(match.Groups["text"].Value));
            builder.CloseElement();
            end = match.Index + match.Length;
        }

        builder.AddContent(3, WebUtility.HtmlDecode(Html[end..]));
    }

    [GeneratedRegex("<mark>(?<text>[^<]*)</mark>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
