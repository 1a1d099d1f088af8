using Cms.Authors;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;

namespace Cms.Taxonomy;

internal static class TermImages
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Records which picture an author shows. Returns the reasons why it cannot be published. Other kinds of terms
        /// have no pictures.
        /// </summary>
        public async Task<List<UserError>> RecordPictureAsync<TId>(
            Term<TId> term,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
            where TId : struct, IEntityId<TId>
        {
            if (term is not Author { AvatarId: var avatar })
            {
                return [];
            }

            IReadOnlyList<MediaPlace> places = avatar is { } media
                ? [new MediaPlace(media, null, IsDecorative: false, "avatar")]
                : [];
            var unfit = await db.UnfitMediaAsync(places, now, cancellationToken);
            if (unfit.Count == 0)
            {
                await db.RecordUsesAsync(
                    MediaUseKind.Author,
                    term.Id,
                    places.Select(place => place.Media),
                    cancellationToken
                );
            }

            return unfit;
        }
    }
}
