using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

internal static class ArticleBodies
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the content with the body from the input, or unchanged if the input has no body. The blocks of
        /// Markdown keep the ids that they have in the content.
        /// </summary>
        public async Task<Result<ArticleContent>> WithBodyAsync(
            ArticleContent content,
            BodyInput? written,
            bool publicOnly,
            EmbedHosts hosts,
            CancellationToken cancellationToken
        )
        {
            if (written is null)
            {
                return content;
            }

            var (read, form) = written switch
            {
                { Json: { } json, Markdown: null } => (RichText.Parse(json.Value), "json"),
                { Markdown: { } markdown, Json: null } => (
                    await db.FromMarkdownAsync(markdown, content.Body, publicOnly, cancellationToken),
                    "markdown"
                ),
                _ => (new BodyInvalid("", "Give the body either as Markdown or as JSON."), null),
            };
            if (!read.Succeeded(out var body, out var refusals))
            {
                return refusals
                    .Select(refusal => refusal with { Path = form is null ? ["body"] : ["body", form] })
                    .ToList();
            }

            return hosts.RefusalsOf(body) is [_, ..] foreign ? foreign : content.WithBody(body);
        }

        private async Task<Result<RichText>> FromMarkdownAsync(
            string markdown,
            string? before,
            bool publicOnly,
            CancellationToken cancellationToken
        )
        {
            var read = RichText.FromMarkdown(markdown, EmbedSlugs.None);
            if (read.Errors is [UnknownEmbeds unknown])
            {
                read = RichText.FromMarkdown(markdown, await db.EmbedsAsync(unknown, publicOnly, cancellationToken));
            }

            return !read.Succeeded(out var import, out var refusals) ? refusals.ToList()
                : before is null ? import.Body
                : import.Body.WithIdsOf(RichText.OfStored(before));
        }

        private async Task<EmbedSlugs> EmbedsAsync(
            UnknownEmbeds unknown,
            bool publicOnly,
            CancellationToken cancellationToken
        )
        {
            var (articles, tools) = (unknown.Articles.ToList(), unknown.Tools.ToList());
            var articleIds = await db
                .Articles.Where(a => articles.Contains(a.Slug) && (!publicOnly || a.LiveEditionId != null))
                .ToDictionaryAsync(a => a.Slug, a => a.Id, StringComparer.Ordinal, cancellationToken);
            var toolIds = await db
                .Tools.Where(t => tools.Contains(t.Slug))
                .ToDictionaryAsync(t => t.Slug, t => t.Id, StringComparer.Ordinal, cancellationToken);
            return new(
                slug => articleIds.TryGetValue(slug, out var id) ? id : null,
                slug => toolIds.TryGetValue(slug, out var id) ? id : null
            );
        }
    }
}
