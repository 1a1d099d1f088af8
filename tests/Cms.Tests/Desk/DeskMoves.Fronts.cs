using Cms.Articles;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tests.Desk;

// The fronts of the home page and of the categories.
internal sealed partial class DeskMoves
{
    private const int TooMany = 21;

    private static readonly Story Unknown = new()
    {
        Id = new ArticleId(Guid.Empty).ToString(),
        Slug = "",
        IsDeleted = true,
    };

    private Move SaveFront(Step step)
    {
        var (target, value) = (step.Target, step.Value);
        var category = value % 3 == 0 ? null : Pick(TermKind.Category, target);
        var stories = StoriesOf(step);
        var version = model.FrontOf(category)?.Version ?? 1;
        int? expected = step.Version switch
        {
            Version.Current => version,
            Version.Stale => version - 1,
            _ => null,
        };
        return new Move(
            "saveFront",
            new()
            {
                ["category"] = category?.Id,
                ["articles"] = stories.Select(story => story.Id),
                ["expectedVersion"] = expected,
            },
            "front { id }",
            Role.Editor,
            () => model.SaveFront(category, stories, expected)
        )
        {
            Made = payload => model.FrontOf(category)!.Id = (string)payload["front"]!["id"]!,
        };
    }

    // Mostly articles that can be on a front, in different orders.
    private List<Story> StoriesOf(Step step)
    {
        var (target, value) = (step.Target, step.Value / 3);
        var usable = model.Stories.FindAll(story => story is { IsDeleted: false, IsTrashed: false });
        var choices = value % 5 == 4 || usable.Count == 0 ? model.Stories : usable;
        if (value % 29 == 28)
        {
            return [.. Enumerable.Repeat(choices[0], TooMany)];
        }

        List<Story> stories =
        [
            .. Enumerable.Range(0, value % 5).Select(i => choices[(target + i * (1 + value % 2)) % choices.Count]),
        ];
        return value % 17 == 16 ? [.. stories, Unknown]
            : value % 11 == 10 ? [.. stories, .. stories.Take(1)]
            : [.. stories.Distinct()];
    }
}
