using Cms.Authors;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;

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
    BatchLoader<TId, TRow?> parts
) : BatchLoader<EditionId, List<TRow>>
    where TId : struct
    where TRow : class
{
    private protected abstract KeyedQuery<EditionId, TLink> Query { get; }

    private protected abstract Projection<TLink, EditionPart<TId>> Link { get; }

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
    public async Task<List<EditionPart<TId>>> LinksAsync(List<EditionId> keys, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Parts, cancellationToken);
        return await queries
            .Read(Query, lease.Db, keys, 0, () => Link.Of(ColumnSet.All))
            .ReadAllAsync(keys.Count * 4, cancellationToken);
    }
}

public sealed class TagsByEdition(ReadContexts contexts, CompiledQueries queries, TagById tags)
    : EditionPartLoader<EditionTag, TagId, Tag>(contexts, queries, tags)
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

    private protected override KeyedQuery<EditionId, EditionTag> Query => ByEdition;

    private protected override Projection<EditionTag, EditionPart<TagId>> Link => Part;
}

public sealed class AuthorsByEdition(ReadContexts contexts, CompiledQueries queries, AuthorById authors)
    : EditionPartLoader<EditionAuthor, AuthorId, Author>(contexts, queries, authors)
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

    private protected override KeyedQuery<EditionId, EditionAuthor> Query => ByEdition;

    private protected override Projection<EditionAuthor, EditionPart<AuthorId>> Link => Part;
}

/// <summary>Loads the tools that editions are about.</summary>
public sealed class ToolsByEdition(ReadContexts contexts, CompiledQueries queries, ToolById tools)
    : EditionPartLoader<EditionTool, ToolId, PublicTool>(contexts, queries, tools)
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

    private protected override KeyedQuery<EditionId, EditionTool> Query => ByEdition;

    private protected override Projection<EditionTool, EditionPart<ToolId>> Link => Part;
}
