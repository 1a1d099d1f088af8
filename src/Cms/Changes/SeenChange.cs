using Cms.Articles;
using Cms.Data;
using Cms.Reading;

namespace Cms.Changes;

/// <summary>A change, with how its article stood in the lists before and after it.</summary>
public sealed record SeenChange(Change Change, ArticleState? Before, ArticleState? After);

internal static class SeenChanges
{
    extension(CmsDbContext db)
    {
        /// <summary>The changes with their articles' standing, in four statements however many they are.</summary>
        public async Task<IReadOnlyList<SeenChange>> SeeAsync(
            IReadOnlyList<Change> changes,
            CancellationToken cancellationToken
        )
        {
            var images = await db.StatesAsync(
                [.. changes.Select(change => change.EditionId).OfType<EditionId>()],
                cancellationToken
            );
            return
            [
                .. changes.Select(change =>
                {
                    var (before, after) = change.EditionId is { } edition ? images.GetValueOrDefault(edition) : default;
                    return new SeenChange(change, before, after);
                }),
            ];
        }
    }
}
