using Cms.Data;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Tests.Desk;

// The fronts of the home page and of the categories: their rows, and what readers and staff see.
internal sealed partial class DeskRun
{
    private async Task AssertFrontRowsAsync(CmsDbContext db) =>
        Equal(
            "the fronts",
            _model.Fronts.Select(front =>
                Text($"{front.Id} {front.Category?.Id} version {front.Version} {Ids(front.Stories)}")
            ),
            (await db.Fronts.AsNoTracking().ToListAsync()).Select(front =>
                Text($"{front.Id} {front.CategoryId} version {front.Version} {string.Join(',', front.Articles)}")
            )
        );

    private async Task AssertFrontsAsync()
    {
        var categories = _model.Shelves[TermKind.Category];
        await EachAsync(
            SlugsOf(categories).Prepend(null),
            slug => $"front{(slug is null ? "" : $"(category: \"{slug}\")")} {{ category {{ id }} articles {{ id }} }}",
            (slug, found) =>
            {
                var category = slug is null ? null : categories.Find(slug);
                var front = slug is not null && category is null ? null : _model.FrontOf(category);
                Equal(
                    $"the front of {slug ?? "the home page"}",
                    front is null
                        ? []
                        : [$"{category?.Id} {Ids(front.Stories.Where(story => story.Live is not null))}"],
                    found is null
                        ? []
                        :
                        [
                            $"{found["category"]?["id"]} {string.Join(',', found["articles"]!.AsArray().Select(a => a!["id"]))}",
                        ]
                );
            }
        );
        await EachAsync(
            categories.Terms.Prepend(null),
            category =>
                $"desk {{ front{(category is null ? "" : $"(category: \"{category.Id}\")")} {{ id version articles {{ id status }} }} }}",
            (category, desk) =>
            {
                var front = category is { IsGone: true } ? null : _model.FrontOf(category);
                Equal(
                    $"the front of {category?.Id ?? "the home page"} on the desk",
                    front is null
                        ? []
                        :
                        [
                            Text(
                                $"{front.Id} {front.Version} {string.Join(',', front.Stories.Select(s => $"{s.Id} {s.Status}"))}"
                            ),
                        ],
                    desk!["front"] is not { } found
                        ? []
                        :
                        [
                            $"{found["id"]} {found["version"]} {string.Join(',', found["articles"]!.AsArray().Select(a => $"{a!["id"]} {Pascal(a["status"])}"))}",
                        ]
                );
            },
            People[Who.Erin]
        );
    }

    private static string Ids(IEnumerable<Story> stories) => string.Join(',', stories.Select(story => story.Id));
}
