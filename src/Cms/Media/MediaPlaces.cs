using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media;

/// <summary>An image where it is shown.</summary>
/// <param name="Media">The image.</param>
/// <param name="Alt">An alternative text that stands in for its own there; null or empty for its own.</param>
/// <param name="IsDecorative">It says nothing there.</param>
/// <param name="Path">The input field that names it.</param>
internal sealed record MediaPlace(MediaId Media, string? Alt, bool IsDecorative, params IReadOnlyList<string> Path);

internal static class MediaPlaces
{
    extension(CmsDbContext db)
    {
        /// <summary>Says which images something shows from now on, in place of those that it showed before.</summary>
        public async Task RecordUsesAsync(
            MediaUseKind kind,
            IEntityId user,
            IEnumerable<MediaId> media,
            CancellationToken cancellationToken
        )
        {
            var userId = SubjectId.Of(user);
            var shown = media.ToHashSet();
            var before = await db
                .MediaUses.Where(u => u.UserId == userId && u.Kind == kind)
                .ToListAsync(cancellationToken);
            db.RemoveRange(before.Where(use => !shown.Contains(use.MediaId)));
            db.AddRange(shown.Except(before.Select(use => use.MediaId)).Select(id => MediaUse.Of(id, kind, user)));
        }

        /// <summary>Holds images until the transaction ends: what is read of them from now on, and of what shows them, stays so.</summary>
        public Task LockMediaAsync(IReadOnlyCollection<MediaId> ids, CancellationToken cancellationToken) =>
            db
                .MediaAssets.Where(a => ids.Contains(a.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Holds, a => a.Holds + 1), cancellationToken);

        /// <summary>The images named that are not in the library. The others are held.</summary>
        public async Task<List<UserError>> MissingMediaAsync(
            IReadOnlyList<MediaPlace> places,
            CancellationToken cancellationToken
        )
        {
            if (places.Count == 0)
            {
                return [];
            }

            var ids = places.Select(place => place.Media).Distinct().ToList();
            await db.LockMediaAsync(ids, cancellationToken);
            var found = await db
                .MediaAssets.Where(a => ids.Contains(a.Id) && a.DeletedAt == null)
                .Select(a => a.Id)
                .ToListAsync(cancellationToken);
            return
            [
                .. places
                    .Where(place => !found.Contains(place.Media))
                    .DistinctBy(place => (place.Media, string.Join('.', place.Path)))
                    .Select(place => new MediaNotFound(place.Media) { Path = place.Path }),
            ];
        }

        /// <summary>Why readers may not see the images where they are to be shown: no words, nobody named, no rights. They are held.</summary>
        public async Task<List<UserError>> UnfitMediaAsync(
            IReadOnlyList<MediaPlace> places,
            DateTimeOffset now,
            CancellationToken cancellationToken,
            IReadOnlyDictionary<MediaId, MediaAsset>? coming = null
        )
        {
            if (places.Count == 0)
            {
                return [];
            }

            var ids = places.Select(place => place.Media).Distinct().ToList();
            await db.LockMediaAsync(ids, cancellationToken);
            var assets = await db
                .MediaAssets.AsNoTracking()
                .Where(a => ids.Contains(a.Id))
                .ToDictionaryAsync(a => a.Id, cancellationToken);
            return
            [
                .. places
                    .SelectMany(place =>
                        (
                            assets.TryGetValue(place.Media, out var asset)
                            || coming?.TryGetValue(place.Media, out asset) is true
                                ? asset.Refusals(place.Alt, place.IsDecorative, now)
                                : [new MediaNotFound(place.Media)]
                        ).Select(refusal => refusal with { Path = place.Path })
                    )
                    .DistinctBy(refusal => (refusal.Message, string.Join('.', refusal.Path), MediaOf(refusal))),
            ];
        }

        /// <summary>Whether readers see the image, wherever it may be.</summary>
        public Task<bool> IsPublicAsync(MediaId id, CancellationToken cancellationToken) =>
            db.VisibleMedia.AnyAsync(asset => asset.Id == id, cancellationToken);

        /// <summary>Whether readers see the image, or are to see it in another's stead. It is held.</summary>
        public async Task<bool> IsOnShowAsync(MediaId id, CancellationToken cancellationToken)
        {
            await db.LockMediaAsync([id], cancellationToken);
            return await db.IsPublicAsync(id, cancellationToken)
                || await db.MediaUses.AnyAsync(
                    use => use.MediaId == id && use.Kind == MediaUseKind.Image,
                    cancellationToken
                );
        }
    }

    private static MediaId? MediaOf(UserError refusal) =>
        refusal switch
        {
            MediaNotFound { MediaId: var id } => id,
            ImageAltMissing { MediaId: var id } => id,
            ImageCreditMissing { MediaId: var id } => id,
            ImageRightsExpired { MediaId: var id } => id,
            ImageRightsNotBegun { MediaId: var id } => id,
            _ => null,
        };
}
