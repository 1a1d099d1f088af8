using Cms.Site.Articles;

namespace Cms.Site.Home;

/// <summary>An article on which the panel splits, with one voice for it and one against it.</summary>
public sealed record ArgumentData(CardData Article, CardTake For, CardTake Against);

/// <summary>Chooses the arguments of the home page.</summary>
internal static class Arguments
{
    /// <summary>
    /// Returns the first articles on which the panel splits. Of the voices on each side, those that have spoken least in
    /// the arguments before are heard, and of these the surest.
    /// </summary>
    public static IReadOnlyList<ArgumentData> Among(IEnumerable<CardData> articles, int count)
    {
        Dictionary<string, int> heard = new(StringComparer.Ordinal);
        List<ArgumentData> arguments = [];
        foreach (var article in articles.Where(article => article.Consensus.Split))
        {
            if (
                Voice(article, Stance.Supportive, heard) is { } favour
                && Voice(article, Stance.Skeptical, heard) is { } against
            )
            {
                arguments.Add(new(article, favour, against));
                heard[favour.PersonaSlug] = heard.GetValueOrDefault(favour.PersonaSlug) + 1;
                heard[against.PersonaSlug] = heard.GetValueOrDefault(against.PersonaSlug) + 1;
            }

            if (arguments.Count == count)
            {
                break;
            }
        }

        return arguments;
    }

    private static CardTake? Voice(CardData article, Stance stance, Dictionary<string, int> heard) =>
        article
            .Takes.Where(take => take.Stance == stance && take.Verdict is not null)
            .OrderBy(take => heard.GetValueOrDefault(take.PersonaSlug))
            .ThenByDescending(take => take.Confidence)
            .FirstOrDefault();
}
