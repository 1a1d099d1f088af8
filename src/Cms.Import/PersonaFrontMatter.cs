using Cms.Body;
using Cms.Panel;

namespace Cms.Import;

/// <summary>Reads a persona from its front matter and the biography below it.</summary>
internal static class PersonaFrontMatter
{
    private static readonly string[] Known =
    [
        "type",
        "slug",
        "name",
        "lens",
        "accent",
        "avatar",
        "order",
        "ai",
        "active",
        "voice",
    ];

    public static PersonaItem Read(string origin, FrontMatterKeys keys, string body)
    {
        keys.Allow(Known);
        return new PersonaItem
        {
            Origin = origin,
            Avatar = keys.Text("avatar"),
            Fields = new PersonaFields
            {
                Slug = keys.Text("slug"),
                Profile = new PersonaProfile
                {
                    Name = keys.Required("name"),
                    Lens = keys.Required("lens"),
                    Bio = body.Length == 0 ? null : WithoutComments(body),
                    VoiceGuide = keys.Text("voice"),
                },
                AccentColour = keys.Text("accent"),
                Order = keys.Number("order", 0),
                IsAi = keys.Flag("ai", false),
                IsActive = keys.Flag("active", true),
            },
        };
    }

    // A biography is plain text, so HTML comments in it would be published.
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
