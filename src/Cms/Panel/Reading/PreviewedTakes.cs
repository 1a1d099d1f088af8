using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Reading;

/// <summary>
/// Loads the takes of articles that the viewer previews, in panel order: the newest revision of each take that is not
/// retracted, whether or not the revision is approved.
/// </summary>
public sealed class PreviewedTakes(ReadContexts contexts, PreviewedArticles previews)
    : BatchLoader<EditionId, List<PublicTake>>
{
    /// <summary>Returns the takes of a preview; null if the edition exists, so that it has takes of its own.</summary>
    internal IDataLoaderResult<List<PublicTake>>? Find(EditionId edition) =>
        previews.EditionOf(edition) is null ? null : Load(edition);

    protected override List<PublicTake> Missing(EditionId key) => [];

    protected override async Task<Dictionary<EditionId, List<PublicTake>>> ReadAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var editions = keys.Select(previews.EditionOf).OfType<PreviewedEdition>().ToList();
        var articles = editions.ConvertAll(edition => edition.ArticleId);
        var live = editions.Select(edition => edition.LiveEditionId).OfType<EditionId>().ToList();
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        var rows = await (
            from take in db.Takes
            where
                articles.Contains(take.ArticleId)
                && take.Status != TakeStatus.Retracted
                && take.Status != TakeStatus.Requested
            join revision in db.TakeRevisions on take.HeadId equals revision.Id
            join profile in db.PersonaProfiles
                on new { take.PersonaId, Number = revision.ProfileNumber } equals new
                {
                    profile.PersonaId,
                    profile.Number,
                }
            join persona in db.Personas on take.PersonaId equals persona.Id
            orderby persona.Order, persona.Id
            select new
            {
                Take = take,
                Revision = revision,
                profile.Profile,
                persona.IsAi,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var published = await db
            .EditionTakes.Where(shown => live.Contains(shown.EditionId))
            .Select(shown => new
            {
                shown.TakeId,
                shown.RevisionId,
                shown.PublishedAt,
                shown.UpdatedAt,
            })
            .ToDictionaryAsync(
                shown => shown.TakeId,
                shown => (Revision: shown.RevisionId, shown.PublishedAt, shown.UpdatedAt),
                cancellationToken
            );
        var takes = rows.ToLookup(row => row.Take.ArticleId);
        return editions.ToDictionary(
            edition => edition.Id,
            edition =>
            {
                List<PublicTake> shown = [];
                foreach (var row in takes[edition.ArticleId])
                {
                    var known = published.TryGetValue(row.Take.Id, out var found);
                    var status =
                        known && found.Revision == row.Revision.Id ? TakePreviewStatus.Published
                        : row.Take.ApprovedRevisionId == row.Revision.Id ? TakePreviewStatus.Approved
                        : TakePreviewStatus.Unapproved;
                    shown.Add(
                        Preview(
                            row.Take,
                            row.Revision,
                            row.Profile,
                            row.IsAi,
                            edition,
                            status,
                            known ? found.PublishedAt : edition.At,
                            status is TakePreviewStatus.Published ? found.UpdatedAt : row.Revision.CreatedAt,
                            shown
                        )
                    );
                }

                return shown;
            }
        );
    }

    private static PublicTake Preview(
        Take take,
        TakeRevision revision,
        PersonaProfile profile,
        bool isAi,
        PreviewedEdition edition,
        TakePreviewStatus status,
        DateTimeOffset publishedAt,
        DateTimeOffset updatedAt,
        List<PublicTake> others
    ) =>
        new()
        {
            PreviewStatus = status,
            PreviewedWith = others,
            Id = take.Id,
            EditionId = edition.Id,
            ArticleId = take.ArticleId,
            PersonaId = take.PersonaId,
            PersonaName = profile.Name,
            PersonaLens = profile.Lens,
            Text = revision.Content.Text,
            Stance = revision.Content.Stance,
            Confidence = revision.Content.Confidence,
            Verdict = revision.Content.Verdict,
            Anchor = revision.Anchor,
            InReplyTo = revision.InReplyTo,
            Disclosure = Disclosures.Of(revision, profile.Name, isAi),
            DigitalSourceType = Disclosures.TypeOf(revision, isAi),
            PublishedAt = publishedAt,
            UpdatedAt = updatedAt,
        };
}
