using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>Who acts for a partner: one of its contacts, or one of its programs.</summary>
internal static class ActingForPartner
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns whom the audit log names: the contact, the application, or the partner if its program has no name.
        /// </summary>
        public async Task<Actor> ActorForAsync(
            Viewer viewer,
            PartnerId partner,
            string operation,
            CancellationToken cancellationToken
        )
        {
            if (viewer.Contact is not null)
            {
                return viewer.ToActor();
            }

            var name =
                viewer.Name
                ?? await db.Partners.Where(p => p.Id == partner).Select(p => p.Name).SingleAsync(cancellationToken);
            return new Actor
            {
                Contributor = Contributor.Person(name, partner.ToString()),
                Key = viewer.Key,
                Operation = operation,
            };
        }

        /// <summary>Returns the name of the contact or the application, or the ending of the feed key.</summary>
        /// <param name="viewer">The caller.</param>
        /// <param name="most">The most characters.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<string> NameOfAsync(Viewer viewer, int most, CancellationToken cancellationToken)
        {
            if (viewer.FeedKey is { } key)
            {
                var ending = await db
                    .FeedKeys.Where(k => k.Id == key)
                    .Select(k => k.Ending)
                    .SingleAsync(cancellationToken);
                return $"Feed key …{ending}";
            }

            return viewer switch
            {
                { Name: { } name } => PlainLine.Cut(name, most),
                { Contact: not null } => viewer.Key.ToString()!,
                _ => $"Application {viewer.Key}",
            };
        }
    }
}
