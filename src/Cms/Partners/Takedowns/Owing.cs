using Cms.Articles;
using Cms.Data;
using Cms.Partners.Deliveries;

namespace Cms.Partners.Takedowns;

/// <summary>Who received what a takedown withdraws, and who has not confirmed it.</summary>
internal static class Owing
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// The deliveries of takedowns: of the editions before the withdrawal, also those that were recorded after it. What
        /// was published again later belongs to the next takedown.
        /// </summary>
        public IQueryable<ReceivedEdition> Received =>
            from takedown in db.Takedowns
            join delivery in db.PartnerDeliveries on takedown.ArticleId equals delivery.ArticleId
            join edition in db.Editions on delivery.EditionId equals edition.Id
            where edition.Number < takedown.EditionNumber && edition.LiveFrom <= takedown.WithdrawnAt
            select new ReceivedEdition
            {
                TakedownId = takedown.Id,
                PartnerId = delivery.PartnerId,
                EditionId = delivery.EditionId,
                Number = edition.Number,
                FirstAt = delivery.FirstAt,
                LastAt = delivery.LastAt,
                Channel = delivery.Channel,
            };

        /// <summary>The deliveries whose partners have not confirmed the takedown.</summary>
        public IQueryable<ReceivedEdition> Owed =>
            db.Received.Where(r =>
                !db.TakedownAcknowledgements.Any(a => a.TakedownId == r.TakedownId && a.PartnerId == r.PartnerId)
            );

        /// <summary>The takedowns of articles that a partner received.</summary>
        public IQueryable<Takedown> ReceivedTakedowns(PartnerId partner)
        {
            var received = db.Received.Where(r => r.PartnerId == partner);
            return db.Takedowns.Where(t => received.Any(r => r.TakedownId == t.Id));
        }

        /// <summary>The takedowns of an article that a partner has not confirmed.</summary>
        public IQueryable<Takedown> OwedTakedowns(PartnerId partner, ArticleId article)
        {
            var owed = db.Owed.Where(r => r.PartnerId == partner);
            return db.Takedowns.Where(t => t.ArticleId == article && owed.Any(r => r.TakedownId == t.Id));
        }
    }
}

/// <summary>An edition that a partner received before a takedown.</summary>
internal sealed class ReceivedEdition
{
    public EditionId TakedownId { get; init; }

    public PartnerId PartnerId { get; init; }

    public EditionId EditionId { get; init; }

    public int Number { get; init; }

    public DateTimeOffset FirstAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public DeliveryChannel Channel { get; init; }
}
