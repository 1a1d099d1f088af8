using System.Linq.Expressions;
using Cms.Api;
using Cms.Data;
using Cms.Ids;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>Something that an edition carries, with the edition it belongs to.</summary>
public sealed class EditionPart<T>
{
    public EditionId EditionId { get; init; }

    public required T Part { get; init; }
}

/// <summary>What editions carry, in the order they carry it.</summary>
public abstract class EditionPartLoader<T, TRow>(ReadContexts contexts, CompiledQueries queries)
    : BatchLoader<EditionId, List<TRow>>
{
    private protected abstract Projection<T, TRow> Rows { get; }

    private protected abstract KeyedQuery<EditionId, EditionPart<T>> Query { get; }

    private protected abstract IEntityId IdOf(TRow row);

    protected override List<TRow> Missing(EditionId key) => [];

    protected override async Task<Dictionary<EditionId, List<TRow>>> ReadAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Parts, cancellationToken);
        var parts = queries.Read(Query, lease.Db, keys, Rows.Read(columns).Bits, () => Narrowed(columns));
        var lists = new Dictionary<EditionId, List<TRow>>(keys.Count);
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            if (!lists.TryGetValue(part.EditionId, out var list))
            {
                lists.Add(part.EditionId, list = []);
            }

            contexts.Reads.Row(IdOf(part.Part));
            list.Add(part.Part);
        }

        return lists;
    }

    // part => new EditionPart { EditionId = part.EditionId, Part = new TRow { only what is asked for } }
    private Expression<Func<EditionPart<T>, EditionPart<TRow>>> Narrowed(ColumnSet columns)
    {
        var row = Rows.Of(columns);
        Expression<Func<EditionPart<T>, T>> inner = part => part.Part;
        var narrowed = new Substitution(row.Parameters[0], inner.Body).Visit(row.Body);
        return Expression.Lambda<Func<EditionPart<T>, EditionPart<TRow>>>(
            Expression.MemberInit(
                Expression.New(typeof(EditionPart<TRow>)),
                Expression.Bind(
                    typeof(EditionPart<TRow>).GetProperty(nameof(EditionPart<TRow>.EditionId))!,
                    Expression.Property(inner.Parameters[0], nameof(EditionPart<T>.EditionId))
                ),
                Expression.Bind(typeof(EditionPart<TRow>).GetProperty(nameof(EditionPart<TRow>.Part))!, narrowed)
            ),
            inner.Parameters
        );
    }
}

/// <summary>The tags that editions carry.</summary>
public sealed class TagsByEdition(ReadContexts contexts, CompiledQueries queries)
    : EditionPartLoader<Tag, Tag>(contexts, queries)
{
    private protected override Projection<Tag, Tag> Rows => TaxonomyRows.Tags;

    private static readonly KeyedQuery<EditionId, EditionPart<Tag>> ByEdition = new(
        "tags by edition",
        (db, edition) =>
            from link in db.EditionTags
            where link.EditionId == edition
            join tag in db.Tags on link.TagId equals tag.Id
            orderby link.Ordinal
            select new EditionPart<Tag> { EditionId = link.EditionId, Part = tag },
        (db, editions) =>
            from link in db.EditionTags
            where editions.Contains(link.EditionId)
            join tag in db.Tags on link.TagId equals tag.Id
            orderby link.EditionId, link.Ordinal
            select new EditionPart<Tag> { EditionId = link.EditionId, Part = tag }
    );

    private protected override KeyedQuery<EditionId, EditionPart<Tag>> Query => ByEdition;

    private protected override IEntityId IdOf(Tag row) => row.Id;
}

/// <summary>The tools that editions are about.</summary>
public sealed class ToolsByEdition(ReadContexts contexts, CompiledQueries queries)
    : EditionPartLoader<Tool, PublicTool>(contexts, queries)
{
    private protected override Projection<Tool, PublicTool> Rows => PublicTool.Columns;

    private static readonly KeyedQuery<EditionId, EditionPart<Tool>> ByEdition = new(
        "tools by edition",
        (db, edition) =>
            from link in db.EditionTools
            where link.EditionId == edition
            join tool in db.Tools on link.ToolId equals tool.Id
            orderby link.Ordinal
            select new EditionPart<Tool> { EditionId = link.EditionId, Part = tool },
        (db, editions) =>
            from link in db.EditionTools
            where editions.Contains(link.EditionId)
            join tool in db.Tools on link.ToolId equals tool.Id
            orderby link.EditionId, link.Ordinal
            select new EditionPart<Tool> { EditionId = link.EditionId, Part = tool }
    );

    private protected override KeyedQuery<EditionId, EditionPart<Tool>> Query => ByEdition;

    private protected override IEntityId IdOf(PublicTool row) => row.Id;
}
