using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media;

/// <summary>A place where an image is shown.</summary>
/// <param name="Media">The image.</param>
/// <param name="Alt">The alternative text at this place; null or empty to use the image's own.</param>
/// <param name="IsDecorative">Whether the image is decorative at this place.</param>
/// <param name="Path">The path of the input field that names the image.</param>
internal sealed record MediaPlace(MediaId Media, string? Alt, bool IsDecorative, params IReadOnlyList<string> Path)
{
    /// <summary>The id of the block that shows the image; null if it is not in a body.</summary>
    public string? BlockId { get; init; }
}

internal static class MediaPlaces
{
    extension(CmsDbContext db)
    {
        /// <summary>Replaces the record of which images an article, persona, tool, author or image uses.</summary>
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

        /// <summary>
        /// Locks images until the transaction ends, so that they and their uses do not change meanwhile.
        /// </summary>
        public Task LockMediaAsync(IReadOnlyCollection<MediaId> ids, CancellationToken cancellationToken) =>
            db
                .MediaAssets.Where(a => ids.Contains(a.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Holds, a => a.Holds + 1), cancellationToken);

        /// <summary>Returns an error for each place whose image is not in the library. Locks the images.</summary>
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

        /// <summary>
        /// Returns the reasons why images must not be published at these places: no alternative text, no credit or no
        /// rights. Locks the images.
        /// </summary>
        public async Task<List<UserError>> UnfitMediaAsync(
            IReadOnlyList<MediaPlace> places,
            DateTimeOffset now,
            CancellationToken cancellationToken
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
                                ? asset.Refusals(place.Alt, place.IsDecorative, now)
                                : [new MediaNotFound(place.Media)]
                        ).Select(refusal => refusal with { Path = place.Path })
                    )
                    .DistinctBy(refusal => (refusal.Message, string.Join('.', refusal.Path), MediaOf(refusal))),
            ];
        }

        /// <summary>Returns whether readers can see the image anywhere.</summary>
        public Task<bool> IsPublicAsync(MediaId id, CancellationToken cancellationToken) =>
            db.VisibleMedia.AnyAsync(asset => asset.Id == id, cancellationToken);

        /// <summary>
        /// Returns whether the image is public, a substitute for another image, or the picture of an author or a tool.
        /// The last two become public with an article, without another check. Locks the image.
        /// </summary>
        public async Task<bool> IsOnShowAsync(MediaId id, CancellationToken cancellationToken)
        {
            await db.LockMediaAsync([id], cancellationToken);
            return await db.IsPublicAsync(id, cancellationToken)
                || await db.MediaUses.AnyAsync(
                    use =>
                        use.MediaId == id
                        && (
                            use.Kind == MediaUseKind.Image
                            || use.Kind == MediaUseKind.Author
                            || use.Kind == MediaUseKind.Tool
                        ),
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
