using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Reading;

/// <summary>
/// Loads the takes of articles that the viewer previews, in panel order: for each persona the newest take that was not
/// replaced, whether or not it is approved.
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
            where articles.Contains(take.ArticleId) && take.Status != TakeStatus.Replaced
            join profile in db.PersonaProfiles
                on new { take.PersonaId, Number = take.ProfileNumber } equals new { profile.PersonaId, profile.Number }
            join persona in db.Personas on take.PersonaId equals persona.Id
            orderby persona.Order, persona.Id
            select new
            {
                Take = take,
                profile.Profile,
                persona.IsAi,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var published = await db
            .EditionTakes.Where(shown => live.Contains(shown.EditionId))
            .Select(shown => new { shown.TakeId, shown.PublishedAt })
            .ToDictionaryAsync(shown => shown.TakeId, shown => shown.PublishedAt, cancellationToken);
        var newest = rows.GroupBy(row => (row.Take.ArticleId, row.Take.PersonaId))
            .Select(takes => takes.MaxBy(row => row.Take.Number)!)
            .ToLookup(row => row.Take.ArticleId);
        return editions.ToDictionary(
            edition => edition.Id,
            edition =>
            {
                List<PublicTake> shown = [];
                foreach (var row in newest[edition.ArticleId])
                {
                    var disclosure = Disclosures.Of(row.Take, row.Profile, row.IsAi);
                    DateTimeOffset? at = published.TryGetValue(row.Take.Id, out var found) ? found : null;
                    shown.Add(Preview(row.Take, row.Profile, disclosure, edition, at, shown));
                }

                return shown;
            }
        );
    }

    private static PublicTake Preview(
        Take take,
        PersonaProfile profile,
        string? disclosure,
        PreviewedEdition edition,
        DateTimeOffset? publishedAt,
        List<PublicTake> others
    ) =>
        new()
        {
            PreviewStatus =
                publishedAt is not null ? TakePreviewStatus.Published
                : take.Status is TakeStatus.Approved ? TakePreviewStatus.Approved
                : TakePreviewStatus.Unapproved,
            PreviewedWith = others,
            Id = take.Id,
            EditionId = edition.Id,
            ArticleId = take.ArticleId,
            PersonaId = take.PersonaId,
            PersonaName = profile.Name,
            PersonaLens = profile.Lens,
            Text = take.Content.Text,
            Stance = take.Content.Stance,
            Confidence = take.Content.Confidence,
            Verdict = take.Content.Verdict,
            Anchor = take.Anchor,
            InReplyTo = take.InReplyTo,
            Disclosure = disclosure,
            PublishedAt = publishedAt ?? edition.At,
        };
}
