using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Library;

/// <summary>
/// The changes to an image's description, folder and tags. Omitted fields keep their values; null clears a field.
/// </summary>
public sealed record SaveMediaInput : MutationInput
{
    /// <summary>The image's id.</summary>
    public required MediaId Id { get; init; }

    /// <summary>The alternative text, for readers who cannot see the image.</summary>
    public Optional<string?> Alt { get; init; }

    /// <summary>
    /// Whether the image is decorative: it adds nothing to the text. A decorative image must not have alternative text.
    /// False by default.
    /// </summary>
    public Optional<bool?> IsDecorative { get; init; }

    /// <summary>The caption.</summary>
    public Optional<string?> Caption { get; init; }

    /// <summary>The point to keep in view when the image is cropped; the centre by default.</summary>
    public Optional<FocalPoint?> FocalPoint { get; init; }

    /// <summary>
    /// The image's folder in the library: lower-case words joined by hyphens, with slashes between levels.
    /// </summary>
    public Optional<string?> Folder { get; init; }

    /// <summary>The ids of the image's tags.</summary>
    public Optional<IReadOnlyList<TagId>?> Tags { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Saves an image's description, folder and tags, but not its rights. Authors can change an image that they
/// uploaded, but only while it is not public; editors can change every image.
/// </summary>
public sealed class SaveMedia(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<MediaAsset>> Handle(SaveMediaInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<MediaAsset>(
            actor,
            async (db, token) =>
            {
                if (await db.MediaForAsync(input.Id, actor, token) is not { } asset)
                {
                    return new MediaNotFound(input.Id) { Path = ["id"] };
                }

                if (asset.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                var isPublic = await db.IsPublicAsync(asset.Id, token);
                if (isPublic && !actor.Is(Role.Editor))
                {
                    return new MediaIsPublic(asset.Id) { Path = ["id"] };
                }

                var tags = input.Tags.Value ?? [];
                if (tags.Count > ArticleLimits.Tags)
                {
                    return new TooMany("tags", ArticleLimits.Tags) { Path = ["tags"] };
                }

                var found = await db.FindTagsAsync(tags, token);
                if (found.IsRefused)
                {
                    return found.Errors.ToList();
                }

                var described = asset.Describe(
                    new MediaDescription
                    {
                        Alt = input.Alt.Or(asset.Alt),
                        IsDecorative = input.IsDecorative.Or(asset.IsDecorative) ?? false,
                        Caption = input.Caption.Or(asset.Caption),
                        Focus = input.FocalPoint.Or(asset.Focus) ?? FocalPoint.Centre,
                        Folder = input.Folder.Or(asset.Folder) ?? "",
                    },
                    actor.Contributor,
                    clock.Now()
                );
                if (!described.Succeeded(out var changed, out var refusals))
                {
                    return refusals.ToList();
                }

                if (input.Tags.HasValue && await db.FileUnderAsync(asset, found.Value!, token))
                {
                    asset.ChangeTags(actor.Contributor, clock.Now());
                }

                if (changed)
                {
                    await db.IndexAsync(asset, token);
                    if (isPublic)
                    {
                        db.Announce(ChangeKind.MediaChanged, asset.Id);
                    }
                }

                return asset;
            },
            cancellationToken
        );
}

internal static class MediaLibrary
{
    extension(CmsDbContext db)
    {
        /// <summary>The images in the library.</summary>
        public IQueryable<MediaAsset> Library => db.MediaAssets.Where(asset => asset.DeletedAt == null);

        /// <summary>Returns an image if it exists and the actor is allowed to change it; null otherwise.</summary>
        public async Task<MediaAsset?> MediaForAsync(MediaId id, Actor actor, CancellationToken cancellationToken) =>
            await db.MediaAssets.FindAsync([id], cancellationToken) is { DeletedAt: null } asset
            && (actor.Is(Role.Editor) || asset.UploadedBy.Key == actor.Contributor.Key)
                ? asset
                : null;

        /// <summary>Sets the tags of an image. Returns whether they changed.</summary>
        public async Task<bool> FileUnderAsync(
            MediaAsset asset,
            IReadOnlyList<TagId> tags,
            CancellationToken cancellationToken
        )
        {
            var before = await db.MediaTags.Where(t => t.MediaId == asset.Id).ToListAsync(cancellationToken);
            var removed = before.Where(tag => !tags.Contains(tag.TagId)).ToList();
            var added = tags.Except(before.Select(tag => tag.TagId)).ToList();
            db.RemoveRange(removed);
            db.AddRange(added.Select(tag => new MediaTag { MediaId = asset.Id, TagId = tag }));
            return removed.Count + added.Count > 0;
        }

        /// <summary>Updates the search terms of an image.</summary>
        public async Task IndexAsync(MediaAsset asset, CancellationToken cancellationToken)
        {
            var terms = LibraryTerms.Of(asset);
            var before = await db.MediaTerms.Where(t => t.MediaId == asset.Id).ToListAsync(cancellationToken);
            db.RemoveRange(before.Where(term => !terms.Contains(term.Term)));
            db.AddRange(
                terms
                    .Except(before.Select(term => term.Term), StringComparer.Ordinal)
                    .Select(term => new MediaTerm { MediaId = asset.Id, Term = term })
            );
        }
    }
}
