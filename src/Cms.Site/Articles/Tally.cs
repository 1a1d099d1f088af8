using Cms.Site.Parts;

namespace Cms.Site.Articles;

/// <summary>Says how many articles a list has and where the panel stands on those of one page.</summary>
internal static class Tally
{
    public static string Of(ArticleList list)
    {
        List<Bar> takes =
        [
            .. list.Nodes.SelectMany(article => article.Takes).Select(take => new Bar(take.Stance, take.Confidence)),
        ];
        var stories = Words.Count(list.TotalCount, "story", "stories") + ".";
        return takes.Count == 0
            ? stories
            : $"{stories} {(list.Nodes.Count < list.TotalCount ? $"On the {Words.Number(list.Nodes.Count)} listed here, the panel has " : "The panel has ")}{Takes(takes.Count)}: {Words.Stances(takes)}.";
    }

    private static string Takes(int count) => count == 1 ? "one take" : $"{Words.Number(count)} takes";
}
