namespace Cms.Browser.Tests.Support;

/// <summary>What editors do while readers have pages open.</summary>
internal static class Desk
{
    // The sample newsroom has short stories, and not all have a picture or the whole panel.
    private const string Anyway =
        "[BODY_LENGTH, CATEGORY, EMBEDDED_ARTICLES, HERO_IMAGE, OPEN_COMMENTS, PANEL_QUORUM, SOURCE_LINK, STALE_TAKES, SECOND_PERSON]";

    /// <summary>Returns the id of a published article.</summary>
    public static async Task<string> IdOfAsync(this BrowsedSite site, string slug) =>
        (string)
            (await site.EditAsync("query ($slug: String!) { article(slug: $slug) { id } }", new { slug }))["article"]![
                "id"
            ]!;

    /// <summary>Changes the headline of a public article and publishes the change as a correction.</summary>
    public static async Task CorrectAsync(this BrowsedSite site, string slug, string headline, string note)
    {
        var id = await site.IdOfAsync(slug);
        await site.SaveAsync(id, headline);
        await site.EditAsync(
            $"mutation ($id: ID!, $note: String!) {{ correctArticle(input: {{ id: $id, note: $note, severity: MAJOR, acknowledge: {Anyway} }}) {{ errors {{ __typename ... on UserError {{ message }} }} }} }}",
            new { id, note }
        );
    }

    /// <summary>Changes the headline of a public article and publishes the change without a note.</summary>
    public static async Task UpdateAsync(this BrowsedSite site, string slug, string headline)
    {
        var id = await site.IdOfAsync(slug);
        await site.SaveAsync(id, headline);
        await site.EditAsync(
            $"mutation ($id: ID!) {{ updateArticle(input: {{ id: $id, acknowledge: {Anyway} }}) {{ errors {{ __typename ... on UserError {{ message }} }} }} }}",
            new { id }
        );
    }

    /// <summary>Withdraws a public article.</summary>
    public static async Task WithdrawAsync(this BrowsedSite site, string slug, string reason) =>
        await site.EditAsync(
            "mutation ($id: ID!, $reason: String!) { withdrawArticle(input: { id: $id, reason: $reason, acknowledgeUse: true }) { errors { __typename ... on UserError { message } } } }",
            new { id = await site.IdOfAsync(slug), reason }
        );

    /// <summary>Writes an article that is not published, and returns its id.</summary>
    public static async Task<string> DraftAsync(this BrowsedSite site, string headline, string slug, string text)
    {
        var created = await site.EditAsync(
            """
            mutation ($headline: String!, $slug: String!, $text: String!) {
              createArticle(input: { headline: $headline, slug: $slug, summary: "What happened today.", body: { markdown: $text } }) {
                article { id }
                errors { __typename ... on UserError { message } }
              }
            }
            """,
            new
            {
                headline,
                slug,
                text,
            }
        );
        return (string)created["createArticle"]!["article"]!["id"]!;
    }

    /// <summary>Publishes a draft.</summary>
    public static async Task PublishAsync(this BrowsedSite site, string id) =>
        await site.EditAsync(
            $"mutation ($id: ID!) {{ publishArticle(input: {{ id: $id, acknowledge: {Anyway} }}) {{ errors {{ __typename ... on UserError {{ message }} }} }} }}",
            new { id }
        );

    /// <summary>Saves a new headline in the working copy.</summary>
    public static async Task SaveAsync(this BrowsedSite site, string id, string headline) =>
        await site.EditAsync(
            "mutation ($id: ID!, $headline: String!) { saveArticle(input: { id: $id, headline: $headline }) { errors { __typename ... on UserError { message } } } }",
            new { id, headline }
        );

    /// <summary>Drafts a take with an AI model, and approves it. It becomes public with the article.</summary>
    public static async Task ModelTakeAsync(this BrowsedSite site, string article, string persona, string text)
    {
        var found = await site.EditAsync(
            "query ($persona: String!) { persona(slug: $persona) { id } }",
            new { persona }
        );
        var drafted = await site.EditAsync(
            """
            mutation ($article: ID!, $persona: ID!, $text: String!) {
              draftTake(input: {
                article: $article, persona: $persona, text: $text, stance: SKEPTICAL, confidence: 70
                draftedWith: { model: "Umbra", version: "9.1" }
              }) { take { id } errors { __typename ... on UserError { message } } }
            }
            """,
            new
            {
                article,
                persona = (string)found["persona"]!["id"]!,
                text,
            }
        );
        await site.EditAsync(
            "mutation ($id: ID!) { approveTake(input: { id: $id }) { errors { __typename ... on UserError { message } } } }",
            new { id = (string)drafted["draftTake"]!["take"]!["id"]! }
        );
    }

    /// <summary>Makes a preview link, and returns its id and its address on the site.</summary>
    public static async Task<(string Id, string Path)> LinkAsync(this BrowsedSite site, string article)
    {
        var link = (
            await site.EditAsync(
                "mutation ($article: ID!) { createPreviewLink(input: { article: $article }) { link { id url } errors { __typename ... on UserError { message } } } }",
                new { article }
            )
        )["createPreviewLink"]!["link"]!;
        return ((string)link["id"]!, (string)link["url"]!);
    }
}
