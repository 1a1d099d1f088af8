using Cms.Data;
using Cms.GraphQL;
using Cms.Media;

namespace Cms.Taxonomy;

/// <summary>A term that has a picture.</summary>
internal interface IPictured
{
    MediaId? AvatarId { get; }
}

internal static class TermImages
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Records which picture a term shows. Returns the reasons why it cannot be published; none if the kind of term
        /// has no pictures.
        /// </summary>
        public async Task<List<UserError>> RecordPictureAsync<TId>(
            Term<TId> term,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
            where TId : struct, IEntityId<TId>
        {
            if (term is not IPictured { AvatarId: var avatar })
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
