using System.Linq.Expressions;
using Cms.Articles.Preview;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

/// <summary>Reads one article that a request names: a visible one, or one that the viewer previews.</summary>
public sealed class ReadArticle(ReadContexts contexts, CompiledQueries queries, ShownArticles articles)
{
    private static readonly NamedQuery<string, Edition> BySlug = new(
        "article by slug",
        Visible<string>((edition, slug) => edition.Slug == slug)
    );

    public Task<PublicArticle?> ByIdAsync(ArticleId id, ColumnSet columns, CancellationToken cancellationToken) =>
        articles.LoadNamed(id, columns).GetResultAsync(cancellationToken);

    public async Task<PublicArticle?> BySlugAsync(string slug, ColumnSet columns, CancellationToken cancellationToken)
    {
        var row = await contexts.FirstAsync(
            queries,
            BySlug,
            slug,
            PublicArticle.Columns,
            columns,
            ChangeSubject.Article,
            row => row.Id,
            cancellationToken
        );
        return await articles.WithSlugAsync(slug, row, cancellationToken);
    }

    /// <summary>Returns a query for the visible editions that meet a condition.</summary>
    internal static Expression<Func<CmsDbContext, TArgument, IQueryable<Edition>>> Visible<TArgument>(
        Expression<Func<Edition, TArgument, bool>> condition
    )
    {
        var (db, edition) = (Visibility.IsVisible.Parameters[0], Visibility.IsVisible.Parameters[1]);
        var picked = new Substitution(condition.Parameters[0], edition).Visit(condition.Body);
        return Expression.Lambda<Func<CmsDbContext, TArgument, IQueryable<Edition>>>(
            Expression.Call(
                typeof(Queryable),
                nameof(Queryable.Where),
                [typeof(Edition)],
                Expression.Property(db, nameof(CmsDbContext.Editions)),
                Expression.Quote(
                    Expression.Lambda<Func<Edition, bool>>(
                        Expression.AndAlso(picked, Visibility.IsVisible.Body),
                        edition
                    )
                )
            ),
            db,
            condition.Parameters[1]
        );
    }
}

/// <summary>Reads one article as readers saw it at a past time, unless it has been withdrawn since.</summary>
public sealed class ReadArticleSnapshot(ReadContexts contexts, TimeProvider clock)
{
    /// <exception cref="RequestError">The time is in the future.</exception>
    public Task<ArticleSnapshot?> ByIdAsync(
        ArticleId id,
        DateTimeOffset asOf,
        ColumnSet columns,
        CancellationToken cancellationToken
    ) => ReadAsync(edition => edition.ArticleId == id, asOf, columns, cancellationToken);

    /// <inheritdoc cref="ByIdAsync" />
    public Task<ArticleSnapshot?> BySlugAsync(
        string slug,
        DateTimeOffset asOf,
        ColumnSet columns,
        CancellationToken cancellationToken
    ) => ReadAsync(edition => edition.Slug == slug, asOf, columns, cancellationToken);

    private async Task<ArticleSnapshot?> ReadAsync(
        Expression<Func<Edition, bool>> names,
        DateTimeOffset asOf,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var past = PastTime.Of(asOf, clock);
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        var row = await lease
            .Db.EditionsAt(past.At)
            .Where(names)
            .Select(ArticleSnapshot.Columns.Of(columns))
            .FirstOrDefaultAsync(cancellationToken);
        contexts.Reads.List(new PastRead(past, row?.Id));
        return row;
    }
}

/// <summary>
/// Loads visible articles by id, as they are published. Fields that show an article use <see cref="ShownArticles" />.
/// </summary>
public sealed class ArticleById(ReadContexts contexts, CompiledQueries queries)
    : RowById<ArticleId, Edition, PublicArticle>(contexts, queries)
{
    private protected override Projection<Edition, PublicArticle> Rows => PublicArticle.Columns;

    private static readonly KeyedQuery<ArticleId, Edition> ById = new(
        "article by id",
        ReadArticle.Visible<ArticleId>((edition, id) => edition.ArticleId == id),
        ReadArticle.Visible<List<ArticleId>>((edition, ids) => ids.Contains(edition.ArticleId))
    );

    private protected override KeyedQuery<ArticleId, Edition> Query => ById;

    private protected override ArticleId KeyOf(PublicArticle row) => row.Id;
}

/// <summary>Loads the corrections of articles, oldest first.</summary>
public sealed class CorrectionsByArticle(ReadContexts contexts, CompiledQueries queries)
    : GroupLoader<ArticleId, Correction>
{
    private static readonly KeyedQuery<ArticleId, Edition> ByArticle = new(
        "corrections",
        (db, id) => db.Editions.Where(e => e.ArticleId == id && e.CorrectionNote != null).OrderBy(e => e.Number),
        (db, ids) =>
            db
                .Editions.Where(e => ids.Contains(e.ArticleId) && e.CorrectionNote != null)
                .OrderBy(e => e.ArticleId)
                .ThenBy(e => e.Number)
    );

    private static readonly Projection<Edition, Correction> Rows = new(
        edition => new Correction
        {
            ArticleId = edition.ArticleId,
            At = edition.LiveFrom,
            Note = edition.CorrectionNote!,
            Severity = edition.CorrectionSeverity!.Value,
        },
        nameof(Correction.ArticleId),
        nameof(Correction.At),
        nameof(Correction.Note),
        nameof(Correction.Severity)
    );

    protected override ArticleId KeyOf(Correction row) => row.ArticleId;

    protected override async Task<List<Correction>> ReadRowsAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Rows(keys), cancellationToken);
        return await queries
            .Read(ByArticle, lease.Db, keys, Rows.Read(columns).Bits, () => Rows.Of(columns))
            .ReadAllAsync(keys.Count, cancellationToken);
    }
}

/// <summary>A mistake that was corrected, as described to readers.</summary>
public sealed class Correction
{
    public ArticleId ArticleId { get; init; }

    /// <summary>When the corrected text was published.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What was wrong.</summary>
    public string Note { get; init; } = "";

    /// <summary>How serious the mistake was.</summary>
    public CorrectionSeverity Severity { get; init; }
}
