using Cms.Articles;
using Cms.Data;
using Cms.Reading;

namespace Cms.Changes;

/// <summary>A change, with the state of its article before and after it.</summary>
public sealed record SeenChange(Change Change, ArticleState? Before, ArticleState? After);

internal static class SeenChanges
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Adds the states of articles to the changes. This takes five statements for any number of changes.
        /// </summary>
        public async Task<IReadOnlyList<SeenChange>> WithStatesAsync(
            IReadOnlyList<Change> changes,
            CancellationToken cancellationToken
        )
        {
            var states = await db.StatesAsync(
                [.. changes.Select(change => change.EditionId).OfType<EditionId>()],
                cancellationToken
            );
            return
            [
                .. changes.Select(change =>
                {
                    var (before, after) = change.EditionId is { } edition ? states.GetValueOrDefault(edition) : default;
                    return new SeenChange(change, before, after);
                }),
            ];
        }
    }
}
