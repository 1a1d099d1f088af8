using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>The public record of a withdrawal: the reason and the article to read instead.</summary>
public sealed class Tombstone
{
    public EditionId Id { get; init; }

    public ArticleId ArticleId { get; init; }

    public string Reason { get; init; } = "";

    public WithdrawalKind Kind { get; init; }

    public DateTimeOffset? AcknowledgeBy { get; init; }

    public ArticleId? SuccessorId { get; init; }

    public DateTimeOffset LiveFrom { get; init; }

    internal static Projection<Edition, Tombstone> Columns { get; } =
        new(
            edition => new Tombstone
            {
                Id = edition.Id,
                ArticleId = edition.ArticleId,
                Reason = edition.WithdrawalReason!,
                Kind = edition.WithdrawalKind ?? WithdrawalKind.Normal,
                AcknowledgeBy = edition.AcknowledgeBy,
                SuccessorId = edition.SuccessorId,
                LiveFrom = edition.LiveFrom,
            },
            nameof(Id),
            nameof(ArticleId),
            nameof(Reason),
            nameof(Kind),
            nameof(AcknowledgeBy),
            nameof(SuccessorId),
            nameof(LiveFrom)
        );
}

/// <summary>Loads tombstones by the id of their edition.</summary>
public sealed class TombstoneById(ReadContexts contexts, CompiledQueries queries)
    : RowById<EditionId, Edition, Tombstone>(contexts, queries)
{
    private static readonly KeyedQuery<EditionId, Edition> ById = new(
        "tombstone by id",
        (db, id) => db.Editions.Where(e => e.Id == id && e.Kind == EditionKind.Withdrawn),
        (db, ids) => db.Editions.Where(e => ids.Contains(e.Id) && e.Kind == EditionKind.Withdrawn)
    );

    private protected override KeyedQuery<EditionId, Edition> Query => ById;

    private protected override Projection<Edition, Tombstone> Rows => Tombstone.Columns;

    private protected override EditionId KeyOf(Tombstone row) => row.Id;
}
