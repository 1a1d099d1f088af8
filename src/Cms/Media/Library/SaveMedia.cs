using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Library;

/// <summary>What an image shows and where it lies: what is left out is emptied.</summary>
public sealed record SaveMediaInput
{
    /// <summary>The image.</summary>
    public required MediaId Id { get; init; }

    /// <summary>What it shows, for those who do not see it.</summary>
    public string? Alt { get; init; }

    /// <summary>It says nothing that the text does not; then it has no alternative text.</summary>
    public bool IsDecorative { get; init; }

    /// <summary>What it shows, for those who see it.</summary>
    public string? Caption { get; init; }

    /// <summary>What must stay in the picture when it is cropped; its middle when left out.</summary>
    public FocalPoint? FocalPoint { get; init; }

    /// <summary>Where it lies in the library: words in lower case with hyphens, a slash between levels.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The topics that it is filed under.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>The version the change began from; null overwrites whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Changes what is said of an image, but its rights. An author describes what they uploaded until readers see it, an
/// editor anything.
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

                if (input.Tags.Count > ArticleLimits.Tags)
                {
                    return new TooMany("tags", ArticleLimits.Tags) { Path = ["tags"] };
                }

                if (await db.MissingTagsAsync(input.Tags, token) is [_, ..] missing)
                {
                    return missing;
                }

                var described = asset.Describe(
                    new MediaDescription
                    {
                        Alt = input.Alt,
                        IsDecorative = input.IsDecorative,
                        Caption = input.Caption,
                        Focus = input.FocalPoint ?? FocalPoint.Centre,
                        Folder = input.Folder,
                    },
                    actor.Contributor,
                    clock.Now()
                );
                if (!described.Succeeded(out var changed, out var refusals))
                {
                    return refusals.ToList();
                }

                await db.FileUnderAsync(asset, input.Tags, token);
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
        /// <summary>What is in the library.</summary>
        public IQueryable<MediaAsset> Library => db.MediaAssets.Where(asset => asset.DeletedAt == null);

        /// <summary>An image as somebody may change it; what is not theirs and what is missing are both null.</summary>
        public async Task<MediaAsset?> MediaForAsync(MediaId id, Actor actor, CancellationToken cancellationToken) =>
            await db.MediaAssets.FindAsync([id], cancellationToken) is { DeletedAt: null } asset
            && (actor.Is(Role.Editor) || asset.UploadedBy.Key == actor.Contributor.Key)
                ? asset
                : null;

        /// <summary>Files an image under these topics and no others.</summary>
        public async Task FileUnderAsync(
            MediaAsset asset,
            IReadOnlyList<TagId> tags,
            CancellationToken cancellationToken
        )
        {
            var before = await db.MediaTags.Where(t => t.MediaId == asset.Id).ToListAsync(cancellationToken);
            db.RemoveRange(before.Where(tag => !tags.Contains(tag.TagId)));
            db.AddRange(
                tags.Except(before.Select(tag => tag.TagId))
                    .Select(tag => new MediaTag { MediaId = asset.Id, TagId = tag })
            );
        }

        /// <summary>Lets the image be found by the words that it has now.</summary>
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
