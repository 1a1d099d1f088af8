using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Comparing;

/// <summary>Compares two revisions of one article. The caller has checked that the viewer may see the article.</summary>
public sealed class CompareRevisions(ReadContexts contexts)
{
    public async Task<RevisionComparison?> Handle(
        ArticleId article,
        RevisionId from,
        RevisionId to,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        var revisions = await db
            .Revisions.AsNoTracking()
            .Where(r => r.ArticleId == article && (r.Id == from || r.Id == to))
            .Select(r => new { r.Id, r.Content })
            .ToListAsync(cancellationToken);
        if (revisions.Find(r => r.Id == from) is not { } earlier || revisions.Find(r => r.Id == to) is not { } later)
        {
            return null;
        }

        ArticleContent[] both = [earlier.Content, later.Content];
        var categories = both.Select(c => c.CategoryId).OfType<Taxonomy.CategoryId>().Distinct().ToList();
        var sources = both.Select(c => c.SourceId).OfType<Taxonomy.SourceId>().Distinct().ToList();
        var tags = both.SelectMany(c => c.Tags).Distinct().ToList();
        var tools = both.SelectMany(c => c.Tools).Distinct().ToList();
        var names = new Dictionary<Guid, string>();
        foreach (
            var term in await db
                .Categories.Where(c => categories.Contains(c.Id))
                .Select(c => new { c.Id, c.Name })
                .ToListAsync(cancellationToken)
        )
        {
            names[term.Id.Value] = term.Name;
        }

        foreach (
            var term in await db
                .Sources.Where(s => sources.Contains(s.Id))
                .Select(s => new { s.Id, s.Name })
                .ToListAsync(cancellationToken)
        )
        {
            names[term.Id.Value] = term.Name;
        }

        foreach (
            var term in await db
                .Tags.Where(t => tags.Contains(t.Id))
                .Select(t => new { t.Id, t.Name })
                .ToListAsync(cancellationToken)
        )
        {
            names[term.Id.Value] = term.Name;
        }

        foreach (
            var term in await db
                .Tools.Where(t => tools.Contains(t.Id))
                .Select(t => new { t.Id, t.Name })
                .ToListAsync(cancellationToken)
        )
        {
            names[term.Id.Value] = term.Name;
        }

        return RevisionComparison.Of(earlier.Content, later.Content, new TermNames(names));
    }
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleComparison
{
    /// <summary>
    /// The differences between two revisions of the article: block by block, then word by word. Null if the article has
    /// no such revisions.
    /// </summary>
    /// <param name="from">The id of the earlier revision.</param>
    /// <param name="to">The id of the later revision.</param>
    [Cost(50)]
    public static Task<RevisionComparison?> GetCompareAsync(
        [Parent] Article article,
        RevisionId from,
        RevisionId to,
        [Service] CompareRevisions comparison,
        CancellationToken cancellationToken
    ) => comparison.Handle(article.Id, from, to, cancellationToken);
}
