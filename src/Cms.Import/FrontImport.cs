using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Imports the fronts of one run, after its articles. Import never overrules an editor.</summary>
/// <param name="databases">Opens the database.</param>
/// <param name="save">Saves a front.</param>
/// <param name="terms">Finds the categories.</param>
/// <param name="coming">The slugs of the articles that a dry run would import.</param>
/// <param name="by">Who imports.</param>
/// <param name="isDryRun">Whether to save nothing.</param>
internal sealed class FrontImport(
    IDbContextFactory<CmsDbContext> databases,
    SaveFront save,
    TermImport terms,
    IReadOnlySet<string> coming,
    Actor by,
    bool isDryRun
)
{
    public async Task<Result<ImportOutcome>> ImportAsync(FrontItem item, CancellationToken cancellationToken)
    {
        if (item.Category is { } nameless && Slug.From(nameless) is null)
        {
            return new ValueMalformed("category", "a name with a letter or digit") { Path = ["category"] };
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var slugs = item.Articles.ToList();
        var ids = await db
            .Articles.Where(a => slugs.Contains(a.Slug))
            .Select(a => new { a.Slug, a.Id })
            .ToDictionaryAsync(a => a.Slug, a => a.Id, StringComparer.Ordinal, cancellationToken);
        if (slugs.Find(slug => !ids.ContainsKey(slug) && !(isDryRun && coming.Contains(slug))) is { } unknown)
        {
            return new UnknownArticle(unknown) { Path = ["articles"] };
        }

        var category = item.Category is { } name ? await CategoryAsync(db, name, cancellationToken) : null;
        List<ArticleId> articles = [.. slugs.Where(ids.ContainsKey).Select(slug => ids[slug])];
        var front = await db.FrontOfAsync(category, cancellationToken);
        if (front is not null && front.Articles.SequenceEqual(articles))
        {
            return ImportOutcome.Unchanged;
        }

        if (front is not null && front.UpdatedBy != Contributor.Import.Name)
        {
            return new FrontEditedSinceImport(front.UpdatedBy);
        }

        var outcome = front is null ? ImportOutcome.Added : ImportOutcome.Changed;
        if (isDryRun)
        {
            return outcome;
        }

        var saved = await save.Handle(
            new SaveFrontInput
            {
                Category = category,
                Articles = articles,
                // An editor can have saved it since.
                ExpectedVersion = front?.Version ?? 0,
            },
            by,
            cancellationToken
        );
        return saved.Then(outcome);
    }

    // The id of a merged category is that of the category that it became.
    private async Task<CategoryId?> CategoryAsync(CmsDbContext db, string name, CancellationToken cancellationToken)
    {
        var found = await terms.CategoryAsync(name, cancellationToken);
        return await db
                .Categories.Where(c => c.Id == found)
                .Select(c => c.MergedInto)
                .FirstOrDefaultAsync(cancellationToken)
            ?? found;
    }
}
