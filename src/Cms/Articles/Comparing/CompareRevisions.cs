using Cms.Articles.Drafting;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles.Comparing;

/// <summary>Compares two revisions of one article. The caller has checked that the viewer may see the article.</summary>
public sealed class CompareRevisions(
    WorkingCopyById copies,
    CategoryById categories,
    SourceById sources,
    TagById tags,
    ToolById tools
)
{
    public async Task<RevisionComparison?> Handle(
        ArticleId article,
        RevisionId from,
        RevisionId to,
        CancellationToken cancellationToken
    )
    {
        var found = await copies.LoadMany([from, to], ColumnSet.All).GetResultAsync(cancellationToken);
        if (
            found.Find(copy => copy?.Id == from && copy.ArticleId == article) is not { } earlier
            || found.Find(copy => copy?.Id == to && copy.ArticleId == article) is not { } later
        )
        {
            return null;
        }

        return RevisionComparison.Of(
            earlier,
            later,
            await NamesAsync([earlier, later], cancellationToken),
            cancellationToken
        );
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(WorkingCopy[] both, CancellationToken cancellationToken)
    {
        var ofCategories = categories.LoadMany(
            [.. both.Select(c => c.CategoryId).OfType<CategoryId>().Distinct()],
            Columns.Set<Category>(nameof(Category.Id), nameof(Category.Name))
        );
        var ofSources = sources.LoadMany(
            [.. both.Select(c => c.SourceId).OfType<SourceId>().Distinct()],
            Columns.Set<Source>(nameof(Source.Id), nameof(Source.Name))
        );
        var ofTags = tags.LoadMany(
            [.. both.SelectMany(c => c.Tags).Distinct()],
            Columns.Set<Tag>(nameof(Tag.Id), nameof(Tag.Name))
        );
        var ofTools = tools.LoadMany(
            [.. both.SelectMany(c => c.Tools).Distinct()],
            Columns.Set<PublicTool>(nameof(PublicTool.Id), nameof(PublicTool.Name))
        );
        return new[]
        {
            (await ofCategories.GetResultAsync(cancellationToken)).OfType<Category>().Select(c => (c.Id.Value, c.Name)),
            (await ofSources.GetResultAsync(cancellationToken)).OfType<Source>().Select(s => (s.Id.Value, s.Name)),
            (await ofTags.GetResultAsync(cancellationToken)).OfType<Tag>().Select(t => (t.Id.Value, t.Name)),
            (await ofTools.GetResultAsync(cancellationToken)).OfType<PublicTool>().Select(t => (t.Id.Value, t.Name)),
        }
            .SelectMany(names => names)
            .ToDictionary(name => name.Value, name => name.Name);
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
