using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Authors;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Routes.Redirects;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Routes;

/// <summary>Finds the content at a path, using the site's URL templates.</summary>
public sealed class ReadRoute(
    ReadContexts contexts,
    CompiledQueries queries,
    ReadArticle articles,
    ReadTool tools,
    ToolById toolsById,
    ReadTerm terms,
    CategoryById categories,
    TagById tags,
    SourceById sources,
    AuthorById authors,
    ReadRedirect redirects,
    SiteAddresses site,
    CurrentViewer viewer
)
{
    private static readonly NamedQuery<string, Edition> LastOfSlug = new(
        "last edition of a slug",
        (db, slug) =>
            db.Editions.Where(e => e.Slug == slug && e.Kind != EditionKind.Advance).OrderByDescending(e => e.LiveFrom)
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
        var asked = Uri.UnescapeDataString(SitePath.WithoutQuery(path)).TrimEnd('/');
        var current = await CurrentAsync(path, asked, cancellationToken);
        if (current is ContentRoute || current is RedirectRoute { To: var to } && IsSame(path, to))
        {
            return current;
        }

        var redirect = SitePath.Normalise(path) is { } from ? await redirects.Handle(from, cancellationToken) : null;
        var former =
            redirect is null && current is not null ? current
            : SlugIn(site.Article, asked) is { } article ? await FormerArticleAsync(path, article, cancellationToken)
            : null;

        // An older redirect does not hide that the article at its path was withdrawn.
        return redirect is null || (former is GoneRoute gone && gone.Since > redirect.UpdatedAt)
            ? former
            : await RouteOfAsync(path, redirect, cancellationToken);
    }

    // Finds what is published at a path, or what has moved from there.
    private async Task<IRoute?> CurrentAsync(string path, string asked, CancellationToken cancellationToken)
    {
        (string Template, Func<string, Task<IRoute?>> Read)[] pages =
        [
            (site.Article, name => ArticleAsync(path, name, cancellationToken)),
            (site.Tool, name => ToolAsync(path, name, cancellationToken)),
            (site.Category, name => TermAsync(site.Category, name, categories, terms.CategoryAsync)),
            (site.Tag, name => TermAsync(site.Tag, name, tags, terms.TagAsync)),
            (site.Source, name => TermAsync(site.Source, name, sources, terms.SourceAsync)),
            (site.Author, name => TermAsync(site.Author, name, authors, terms.AuthorAsync)),
        ];

        // A path can match several templates, such as /{slug} and /{slug}. The first that has content is used.
        foreach (var (template, read) in pages)
        {
            if (SlugIn(template, asked) is { } name && await read(name) is { } route)
            {
                return route;
            }
        }

        return null;

        async Task<IRoute?> TermAsync<T, TId>(
            string template,
            string name,
            BatchLoader<TId, T?> byId,
            Func<string, ColumnSet, CancellationToken, Task<T?>> bySlug
        )
            where T : Term<TId>, IPageContent
            where TId : struct, IEntityId<TId>
        {
            var found = EntityId.Parse<TId>(name) is { } id
                ? await byId.Load(id, ColumnSet.All).IfVisible().GetResultAsync(cancellationToken)
                : await bySlug(name.ToLowerInvariant(), ColumnSet.All, cancellationToken);
            return found is null ? null : At(path, SiteAddresses.At(template, found.Slug), found);
        }
    }

    private async Task<IRoute?> ArticleAsync(string path, string name, CancellationToken cancellationToken)
    {
        var slug = name.ToLowerInvariant();
        var found = EntityId.Parse<ArticleId>(name) is { } id
            ? await articles.ByIdAsync(id, ColumnSet.All, cancellationToken)
            : await articles.BySlugAsync(slug, ColumnSet.All, cancellationToken);
        return found is null ? null : At(path, SiteAddresses.At(site.Article, found.Slug), found);
    }

    private async Task<IRoute> RouteOfAsync(string path, SavedRedirect redirect, CancellationToken cancellationToken)
    {
        // The article at the target can have changed its slug since.
        var moved =
            redirect.ToPath is { } target && SlugIn(site.Article, target) is { } slug
                ? await ArticleAsync(redirect.To, slug, cancellationToken)
                    ?? await FormerArticleAsync(redirect.To, slug, cancellationToken)
                : null;
        return new RedirectRoute(path, (moved as RedirectRoute)?.To ?? redirect.To);
    }

    // Finds the article that was last published under a slug.
    private async Task<IRoute?> FormerArticleAsync(string path, string name, CancellationToken cancellationToken)
    {
        var slug = name.ToLowerInvariant();
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
            return new RedirectRoute(path, SiteAddresses.At(site.Article, moved.Slug));
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
        return tombstone is null || !await IsIncludedAsync(last.ArticleId, cancellationToken)
            ? null
            : new GoneRoute(
                path,
                tombstone.ArticleId,
                tombstone.Reason,
                tombstone.Kind,
                tombstone.LiveFrom,
                tombstone.SuccessorId
            );
    }

    // A partner learns only of withdrawals of articles that it has received, or would have received.
    private async Task<bool> IsIncludedAsync(ArticleId article, CancellationToken cancellationToken)
    {
        if (!viewer.IsPartner)
        {
            return true;
        }

        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Included(
                lease.Db.Editions.Where(e =>
                    e.ArticleId == article && e.Kind != EditionKind.Withdrawn && e.Kind != EditionKind.Advance
                )
            )
            .AnyAsync(cancellationToken);
    }

    private async Task<IRoute?> ToolAsync(string path, string name, CancellationToken cancellationToken)
    {
        var found = EntityId.Parse<ToolId>(name) is { } id
            ? await toolsById.Load(id, ColumnSet.All).IfVisible().GetResultAsync(cancellationToken)
            : await tools.Handle(name.ToLowerInvariant(), ColumnSet.All, cancellationToken);
        return found is null ? null : At(path, SiteAddresses.At(site.Tool, found.Slug), found);
    }

    // Whether two paths differ only in case, escapes or a slash at the end.
    private static bool IsSame(string path, string other) => SitePath.Normalise(path) == SitePath.Normalise(other);

    private static IRoute At(string path, string address, IPageContent content) =>
        SitePath.WithoutQuery(path).SequenceEqual(address)
            ? new ContentRoute(path, content)
            : new RedirectRoute(path, address);

    // Returns the part of the path that replaces {slug} in the template: one segment, no longer than a slug. Returns
    // null if the path does not match.
    internal static string? SlugIn(string template, string path)
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
