using Cms.GraphQL;
using Cms.People;

namespace Cms.Media.Library;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class MediaDesk
{
    /// <summary>One image of the library; null when there is none.</summary>
    /// <param name="id">Its id.</param>
    public static Task<MediaAsset?> GetMediaItemAsync(
        MediaId id,
        [Service] ReadMedia media,
        CancellationToken cancellationToken
    ) => media.Handle(id, cancellationToken);

    /// <summary>The images of the library, the latest uploaded first.</summary>
    /// <param name="missingAlt">Those alone that have neither an alternative text nor are decorative.</param>
    /// <param name="missingCredit">Those alone for which nobody is named.</param>
    /// <param name="expiringWithinDays">Those alone whose rights end within so many days, or have ended.</param>
    /// <param name="unused">Those alone that nothing shows.</param>
    /// <param name="folder">Those alone in a folder, or below it.</param>
    /// <param name="tag">Those alone that are filed under a topic; its slug.</param>
    /// <param name="text">Those alone that have words that begin so, in their names, their texts or their credits.</param>
    public static Task<Connection<MediaAsset>?> GetMediaAsync(
        PageArguments page,
        [Service] ListMedia media,
        CancellationToken cancellationToken,
        bool missingAlt = false,
        bool missingCredit = false,
        int? expiringWithinDays = null,
        bool unused = false,
        string? folder = null,
        string? tag = null,
        string? text = null
    ) =>
        media.Handle(
            page,
            new MediaNarrowing
            {
                MissingAlt = missingAlt,
                MissingCredit = missingCredit,
                ExpiringWithinDays = expiringWithinDays,
                Unused = unused,
                Folder = folder,
                Tag = tag,
                Text = text,
            },
            cancellationToken
        );
}
