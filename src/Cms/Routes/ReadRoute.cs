using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Tools;

namespace Cms.Routes;

/// <summary>Finds the content at a path, using the site's URL templates for articles and tools.</summary>
public sealed class ReadRoute(
    ReadContexts contexts,
    CompiledQueries queries,
    ReadArticle articles,
    ReadTool tools,
    ToolById toolsById,
    SiteAddresses site
)
{
    private static readonly NamedQuery<string, Edition> LastOfSlug = new(
        "last edition of a slug",
        (db, slug) => db.Editions.Where(e => e.Slug == slug).OrderByDescending(e => e.LiveFrom)
    );

    private static readonly NamedQuery<ArticleId, Edition> LastTombstone = new(
        "tombstone of an article",
        (db, id) =>
            db.Editions.Where(e => e.ArticleId == id && e.Kind == EditionKind.Withdrawn && e.SupersededAt == null)
    );

    private static readonly Projection<Edition, EditionOfSlug> Owners = new(
        edition => new EditionOfSlug { ArticleId = edition.ArticleId },
        nameof(EditionOfSlug.ArticleId)
    );

    public async Task<IRoute?> Handle(string path, CancellationToken cancellationToken)
    {
        var asked = Uri.UnescapeDataString(Plain(path)).TrimEnd('/');
        return SlugIn(site.Article, asked) is { } article ? await ArticleAsync(path, article, cancellationToken)
            : SlugIn(site.Tool, asked) is { } tool ? await ToolAsync(path, tool, cancellationToken)
            : null;
    }

    private async Task<IRoute?> ArticleAsync(string path, string name, CancellationToken cancellationToken)
    {
        var slug = name.ToLowerInvariant();
        var found = EntityId.Parse<ArticleId>(name) is { } id
            ? await articles.ByIdAsync(id, ColumnSet.All, cancellationToken)
            : await articles.BySlugAsync(slug, ColumnSet.All, cancellationToken);
        if (found is not null)
        {
            return At(path, Address(site.Article, found.Slug), found);
        }

        var last = await contexts.FirstAsync(
            queries,
            LastOfSlug,
            slug,
            Owners,
            ColumnSet.All,
            ChangeSubject.Article,
            row => row.ArticleId,
            cancellationToken
        );
        if (last is null)
        {
            return null;
        }

        if (await articles.ByIdAsync(last.ArticleId, ColumnSet.All, cancellationToken) is { } moved)
        {
            return new RedirectRoute(path, Address(site.Article, moved.Slug));
        }

        var tombstone = await contexts.FirstAsync(
            queries,
            LastTombstone,
            last.ArticleId,
            Tombstone.Columns,
            ColumnSet.All,
            ChangeSubject.Article,
            row => row.ArticleId,
            cancellationToken
        );
        return tombstone is null
            ? null
            : new GoneRoute(path, tombstone.Reason, tombstone.LiveFrom, tombstone.SuccessorId);
    }

    private async Task<IRoute?> ToolAsync(string path, string name, CancellationToken cancellationToken)
    {
        var found = EntityId.Parse<ToolId>(name) is { } id
            ? await toolsById.Load(id, ColumnSet.All).IfVisible().GetResultAsync(cancellationToken)
            : await tools.Handle(name.ToLowerInvariant(), ColumnSet.All, cancellationToken);
        return found is null ? null : At(path, Address(site.Tool, found.Slug), found);
    }

    private static IRoute At(string path, string address, IEmbed content) =>
        Plain(path).SequenceEqual(address) ? new ContentRoute(path, content) : new RedirectRoute(path, address);

    private static ReadOnlySpan<char> Plain(string path) =>
        path.AsSpan(0, path.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : path.Length);

    private static string Address(string template, string slug) =>
        template.Replace("{slug}", slug, StringComparison.Ordinal);

    // Returns the part of the path that replaces {slug} in the template: one segment, no longer than a slug. Returns
    // null if the path does not match.
    private static string? SlugIn(string template, string path)
    {
        var at = template.IndexOf("{slug}", StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var (before, after) = (template[..at], template[(at + "{slug}".Length)..].TrimEnd('/'));
        if (
            path.Length <= before.Length + after.Length
            || path.Length > before.Length + after.Length + Slug.MaxLength
            || !path.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            || !path.EndsWith(after, StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var slug = path[before.Length..^after.Length];
        return slug.Contains('/', StringComparison.Ordinal) ? null : slug;
    }

    private sealed class EditionOfSlug
    {
        public ArticleId ArticleId { get; init; }
    }
}
