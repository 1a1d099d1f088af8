namespace Cms.Import;

/// <summary>
/// The stories that can be imported, and the stories that are rejected because another item has the same id.
/// </summary>
internal sealed record UniqueStories(
    IReadOnlyList<ArticleItem> Stories,
    IReadOnlyList<(ArticleItem Story, IdTaken Reason)> Refused
)
{
    public static UniqueStories Of(IReadOnlyList<ArticleItem> stories, IReadOnlyList<ImportItem> others)
    {
        List<ArticleItem> unique = [.. stories];
        List<(ArticleItem, IdTaken)> refused = [];
        var origins = others
            .OfType<CanceledItem>()
            .DistinctBy(canceled => canceled.Id, StringComparer.Ordinal)
            .ToDictionary(canceled => canceled.Id, canceled => canceled.Origin, StringComparer.Ordinal);

        // Of several stories with the same id, the first is imported. If their status, schedule or embargo differ, all
        // are rejected, because it is unclear which story is right.
        foreach (
            var twice in unique
                .GroupBy(story => story.Id, StringComparer.Ordinal)
                .Where(same =>
                    same.DistinctBy(story => (story.Status, story.ScheduledAt, story.EmbargoUntil)).Skip(1).Any()
                )
                .ToList()
        )
        {
            foreach (var story in twice)
            {
                var other = twice.First(same => !ReferenceEquals(same, story));
                Refuse(story, other.Origin);
            }
        }

        // An item that cannot be read could forbid publishing the story with the same id.
        foreach (var unread in others.OfType<UnreadableItem>())
        {
            foreach (var story in unique.Where(story => story.Id == unread.Id).ToList())
            {
                Refuse(story, unread.Origin);
            }
        }

        foreach (var story in unique.Where(story => !origins.TryAdd(story.Id, story.Origin)).ToList())
        {
            Refuse(story, origins[story.Id]);
        }

        return new UniqueStories(unique, refused);

        void Refuse(ArticleItem story, string origin)
        {
            unique.Remove(story);
            refused.Add((story, new IdTaken(story.Id, origin) { Path = ["id"] }));
        }
    }
}
