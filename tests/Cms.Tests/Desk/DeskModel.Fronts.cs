using Cms.Articles;
using Cms.Changes;
using Cms.References;
using Cms.Taxonomy;

namespace Cms.Tests.Desk;

// Fronts, and what they and the notices of withdrawn articles use.
internal sealed partial class DeskModel
{
    private const int LongestFront = 20;

    public List<FrontList> Fronts { get; } = [];

    public FrontList? FrontOf(Label? category) => Fronts.Find(front => front.Category == category);

    public List<string> SaveFront(Label? category, IReadOnlyList<Story> stories, int? expected)
    {
        if (stories.Count > LongestFront)
        {
            return ["FrontTooLong"];
        }

        if (stories.Distinct().Count() < stories.Count)
        {
            return ["ArticleTwiceOnFront"];
        }

        if (category is not null && Shelves[TermKind.Category].Missing(category) is { } missing)
        {
            return [missing];
        }

        var front = FrontOf(category);
        if (front is not null && expected is { } version && version != front.Version)
        {
            return ["VersionConflict"];
        }

        List<string> refusals =
        [
            .. stories.Where(story => story.IsDeleted).Select(_ => "ArticleNotFound").Distinct(),
            .. stories
                .Where(story => story is { IsDeleted: false, IsTrashed: true })
                .Select(_ => "ArticleTrashed")
                .Distinct(),
        ];
        if (refusals.Count > 0)
        {
            return refusals;
        }

        if (front is null)
        {
            front = new FrontList(category);
            Fronts.Add(front);
        }
        else if (front.Stories.SequenceEqual(stories))
        {
            return [];
        }

        front.Stories = [.. stories];
        front.Version++;
        Changes.Add((ChangeKind.FrontChanged, () => front.Id));
        return [];
    }

    /// <summary>Deletes the front of a category that is merged or deleted.</summary>
    public void RemoveFront(Label category)
    {
        if (FrontOf(category) is { } front)
        {
            Fronts.Remove(front);
            Changes.Add((ChangeKind.FrontChanged, () => front.Id));
        }
    }

    /// <summary>Returns the number of uses of each kind, without those that have none.</summary>
    public Dictionary<UsageKind, int> UsesOf(Story story) =>
        Counts(
            (UsageKind.Front, Fronts.Count(front => front.Stories.Contains(story))),
            (UsageKind.Notice, Present.Count(other => Names(other, story))),
            (UsageKind.Take, Takes.Count(take => take.Story == story))
        );

    // Whether a front contains an article, or the notice of a withdrawn article names it.
    private bool IsUsed(Story story) =>
        Fronts.Exists(front => front.Stories.Contains(story)) || Present.Any(other => Names(other, story));

    private static bool Names(Story withdrawn, Story story) =>
        withdrawn.Editions.FindLast(e => e.Kind is EditionKind.Published or EditionKind.Withdrawn)?.Successor == story;

    // Readers never saw an article that is deleted, so nothing is announced.
    private void LeaveFronts(Story story)
    {
        foreach (var front in Fronts.Where(front => front.Stories.Remove(story)))
        {
            front.Version++;
        }
    }
}

/// <summary>The articles of the home page or of a category.</summary>
internal sealed class FrontList(Label? category)
{
    public string Id { get; set; } = "";

    public Label? Category => category;

    public List<Story> Stories { get; set; } = [];

    public int Version { get; set; }
}
