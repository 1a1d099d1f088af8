using Cms.Articles;
using Cms.Authors;
using Cms.Body;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Routes.Redirects;

/// <summary>A redirect was saved or deleted. Repeat the lookup of every path whose result you have cached.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="RedirectId">The id of the redirect.</param>
public sealed record RedirectChanged(string Cursor, DateTimeOffset OccurredAt, RedirectId RedirectId) : IChange;

/// <summary>Reads the redirect of a path.</summary>
public sealed class ReadRedirect(ReadContexts contexts, CompiledQueries queries)
{
    private static readonly NamedQuery<string, Redirect> OfPath = new(
        "redirect of a path",
        (db, path) => db.Redirects.Where(r => r.From == path)
    );

    private static readonly Projection<Redirect, SavedRedirect> Columns = new(
        r => new SavedRedirect
        {
            Id = r.Id,
            To = r.To,
            ToPath = r.ToPath,
            UpdatedAt = r.UpdatedAt,
        },
        nameof(SavedRedirect.Id),
        nameof(SavedRedirect.To),
        nameof(SavedRedirect.ToPath),
        nameof(SavedRedirect.UpdatedAt)
    );

    /// <param name="path">The path, as <see cref="SitePath.Normalise" /> returns it.</param>
    internal Task<SavedRedirect?> Handle(string path, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            OfPath,
            path,
            Columns,
            ColumnSet.All,
            ChangeSubject.Redirect,
            row => row.Id,
            cancellationToken
        );
}

/// <summary>The target of a redirect.</summary>
internal sealed class SavedRedirect
{
    public RedirectId Id { get; init; }

    public string To { get; init; } = "";

    public string? ToPath { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

internal static class PublishedPaths
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns whether an article, a tool or a term is published at a path.</summary>
        /// <param name="site">The front end's addresses.</param>
        /// <param name="path">The path, as <see cref="SitePath.Normalise" /> returns it.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<bool> HasContentAtAsync(SiteAddresses site, string path, CancellationToken cancellationToken)
        {
            return ReadRoute.SlugIn(site.Article, path) is { } article
                    && await db.Articles.AnyAsync(a => a.Slug == article && a.LiveEditionId != null, cancellationToken)
                || await IsPublicAsync<Tool>(site.Tool)
                || await IsPublicAsync<Category>(site.Category)
                || await IsPublicAsync<Tag>(site.Tag)
                || await IsPublicAsync<Source>(site.Source)
                || await IsPublicAsync<Author>(site.Author);

            async Task<bool> IsPublicAsync<T>(string template)
                where T : class, ISlugged, IPublishedByEdition =>
                ReadRoute.SlugIn(template, path) is { } slug
                && await db.Set<T>().AnyAsync(x => x.Slug == slug && x.FirstPublishedAt != null, cancellationToken);
        }
    }
}
