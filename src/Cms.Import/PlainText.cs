using Cms.Body;

namespace Cms.Import;

/// <summary>Reads the plain text below front matter, such as a biography.</summary>
internal static class PlainText
{
    /// <summary>Returns the text; null if it is empty. Comments are left out, because they would be published.</summary>
    public static string? Of(string text) => text.Length == 0 ? null : WithoutComments(text);

    private static string WithoutComments(string text)
    {
        var comments = HtmlComment.Pattern().Matches(text);
        if (comments.Any(comment => HiddenText.EndsEarly(comment.ValueSpan)))
        {
            throw new FrontMatterRefused(
                "A comment below the front matter contains --!>, which ends a comment in HTML. Write --> at its end instead."
            );
        }

        var rest = comments.Count == 0 ? text : HtmlComment.Pattern().Replace(text, "").Trim('\n');
        if (
            rest.Contains(HiddenText.Comment.Start, StringComparison.Ordinal)
            || (comments.Count > 0 && rest.Contains(HiddenText.Comment.End, StringComparison.Ordinal))
        )
        {
            throw new FrontMatterRefused(
                "A comment below the front matter is not closed, or is closed twice. Write one --> at its end."
            );
        }

        return HiddenText.FirstIn(rest) is { } hidden
                ? throw new FrontMatterRefused(
                    $"The text that begins with {hidden.Start} below the front matter is hidden in HTML but would be published here. Remove it, or put it in a comment: <!-- … -->."
                )
            : HiddenElement.IsIn(rest)
                ? throw new FrontMatterRefused(
                    "The text below the front matter contains an element that is hidden in HTML but would be published here. Remove it, or put it in a comment: <!-- … -->."
                )
            : rest;
    }
}
