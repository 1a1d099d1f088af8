using Cms.Articles.Preview;
using Cms.Authors;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL.DataLoader;

namespace Cms.Articles.Reading;

/// <summary>The id of a tag, an author or a tool, with the edition it belongs to.</summary>
public sealed class EditionPart<TId>
{
    public EditionId EditionId { get; init; }

    public TId PartId { get; init; } = default!;
}

/// <summary>
/// Loads the tags, authors or tools of editions, in each edition's order. The links are read from the database. Most of
/// the tags, authors and tools come from the cache.
/// </summary>
public abstract class EditionPartLoader<TLink, TId, TRow>(
    ReadContexts contexts,
    CompiledQueries queries,
    BatchLoader<TId, TRow?> parts,
    PreviewedArticles previews
) : BatchLoader<EditionId, List<TRow>>
    where TId : struct
    where TRow : class
{
    private protected abstract KeyedQuery<EditionId, TLink> Query { get; }

    private protected abstract Projection<TLink, EditionPart<TId>> Link { get; }

    /// <summary>Loads the parts of an edition that does not exist yet from the content of its revision.</summary>
    private protected abstract IDataLoaderResult<List<TRow>> Load(ArticleContent content);

    private protected abstract TId IdOf(TRow part);

    protected sealed override IDataLoaderResult<List<TRow>>? FindCached(EditionId key) =>
        previews.EditionOf(key) is { } edition ? Load(edition.Content) : null;

    protected override List<TRow> Missing(EditionId key) => [];

    protected override async Task<Dictionary<EditionId, List<TRow>>> ReadAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var links = await LinksAsync(keys, cancellationToken);
        var lists = new Dictionary<EditionId, List<TRow>>(keys.Count);
        var loading = links.ConvertAll(link => parts.Load(link.PartId, columns));
        for (var i = 0; i < links.Count; i++)
        {
            if (!lists.TryGetValue(links[i].EditionId, out var list))
            {
                lists.Add(links[i].EditionId, list = []);
            }

            if (await loading[i].GetResultAsync(cancellationToken) is { } part)
            {
                list.Add(part);
            }
        }

        return lists;
    }

    /// <summary>Reads only the links, in each edition's order.</summary>
    public Task<List<EditionPart<TId>>> LinksAsync(List<EditionId> keys, CancellationToken cancellationToken) =>
        previews.AreAny ? PreviewedAsync(keys, cancellationToken) : StoredAsync(keys, cancellationToken);

    private async Task<List<EditionPart<TId>>> PreviewedAsync(List<EditionId> keys, CancellationToken cancellationToken)
    {
        List<EditionPart<TId>> links = [];
        foreach (var edition in keys.Select(previews.EditionOf).OfType<PreviewedEdition>())
        {
            var shown = await Load(edition.Content).GetResultAsync(cancellationToken);
            links.AddRange(shown.Select(part => new EditionPart<TId> { EditionId = edition.Id, PartId = IdOf(part) }));
        }

        var stored = keys.FindAll(key => previews.EditionOf(key) is null);
        return stored.Count == 0 ? links : [.. links, .. await StoredAsync(stored, cancellationToken)];
    }

    private async Task<List<EditionPart<TId>>> StoredAsync(List<EditionId> keys, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Parts, cancellationToken);
        return await queries
            .Read(Query, lease.Db, keys, 0, () => Link.Of(ColumnSet.All))
            .ReadAllAsync(keys.Count * 4, cancellationToken);
    }
}

public sealed class TagsByEdition(
    ReadContexts contexts,
    CompiledQueries queries,
    TagById tags,
    PreviewedArticles previews
) : EditionPartLoader<EditionTag, TagId, Tag>(contexts, queries, tags, previews)
{
    private static readonly KeyedQuery<EditionId, EditionTag> ByEdition = new(
        "tags by edition",
        (db, edition) => db.EditionTags.Where(t => t.EditionId == edition).OrderBy(t => t.Ordinal),
        (db, editions) =>
            db.EditionTags.Where(t => editions.Contains(t.EditionId)).OrderBy(t => t.EditionId).ThenBy(t => t.Ordinal)
    );

    private static readonly Projection<EditionTag, EditionPart<TagId>> Part = new(tag => new EditionPart<TagId>
    {
        EditionId = tag.EditionId,
        PartId = tag.TagId,
    });

    private protected override IDataLoaderResult<List<Tag>> Load(ArticleContent content) =>
        tags.LoadDistinct(content.Tags, ColumnSet.All);

    private protected override TagId IdOf(Tag part) => part.Id;

    private protected override KeyedQuery<EditionId, EditionTag> Query => ByEdition;

    private protected override Projection<EditionTag, EditionPart<TagId>> Link => Part;
}

public sealed class AuthorsByEdition(
    ReadContexts contexts,
    CompiledQueries queries,
    AuthorById authors,
    PreviewedArticles previews
) : EditionPartLoader<EditionAuthor, AuthorId, Author>(contexts, queries, authors, previews)
{
    private static readonly KeyedQuery<EditionId, EditionAuthor> ByEdition = new(
        "authors by edition",
        (db, edition) => db.EditionAuthors.Where(a => a.EditionId == edition).OrderBy(a => a.Ordinal),
        (db, editions) =>
            db
                .EditionAuthors.Where(a => editions.Contains(a.EditionId))
                .OrderBy(a => a.EditionId)
                .ThenBy(a => a.Ordinal)
    );

    private static readonly Projection<EditionAuthor, EditionPart<AuthorId>> Part = new(
        author => new EditionPart<AuthorId> { EditionId = author.EditionId, PartId = author.AuthorId }
    );

    private protected override IDataLoaderResult<List<Author>> Load(ArticleContent content) =>
        authors.LoadDistinct(content.Authors, ColumnSet.All);

    private protected override AuthorId IdOf(Author part) => part.Id;

    private protected override KeyedQuery<EditionId, EditionAuthor> Query => ByEdition;

    private protected override Projection<EditionAuthor, EditionPart<AuthorId>> Link => Part;
}

/// <summary>Loads the tools that editions are about.</summary>
public sealed class ToolsByEdition(
    ReadContexts contexts,
    CompiledQueries queries,
    ToolById tools,
    PreviewedArticles previews
) : EditionPartLoader<EditionTool, ToolId, PublicTool>(contexts, queries, tools, previews)
{
    private static readonly KeyedQuery<EditionId, EditionTool> ByEdition = new(
        "tools by edition",
        (db, edition) => db.EditionTools.Where(t => t.EditionId == edition).OrderBy(t => t.Ordinal),
        (db, editions) =>
            db.EditionTools.Where(t => editions.Contains(t.EditionId)).OrderBy(t => t.EditionId).ThenBy(t => t.Ordinal)
    );

    private static readonly Projection<EditionTool, EditionPart<ToolId>> Part = new(tool => new EditionPart<ToolId>
    {
        EditionId = tool.EditionId,
        PartId = tool.ToolId,
    });

    private protected override IDataLoaderResult<List<PublicTool>> Load(ArticleContent content) =>
        tools.LoadMany(content.Tools, ColumnSet.All).Then(found => found.OfType<PublicTool>().ToList());

    private protected override ToolId IdOf(PublicTool part) => part.Id;

    private protected override KeyedQuery<EditionId, EditionTool> Query => ByEdition;

    private protected override Projection<EditionTool, EditionPart<ToolId>> Link => Part;
}
