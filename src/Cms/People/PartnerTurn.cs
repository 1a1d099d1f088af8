using Cms.Articles;
using Cms.Partners;

namespace Cms.People;

/// <summary>A request of a partner, from its admission to its answer.</summary>
/// <param name="channel">How the partner receives the answer; null if the request is not counted as use.</param>
public sealed class PartnerTurn(UsageChannel? channel)
{
    private HashSet<ArticleId> _articles = [];
    private HashSet<ReceivedEdition> _editions = [];

    /// <summary>How the partner receives the answer; null if the request is not counted as use.</summary>
    public UsageChannel? Channel { get; } = channel;

    /// <summary>The partner; null if the request was not admitted.</summary>
    public PartnerId? Partner { get; private set; }

    /// <summary>The limits of the partner's agreement, after this request.</summary>
    public IReadOnlyList<PartnerLimit> Limits { get; set; } = [];

    /// <summary>Whether the request was refused because there were too many.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The articles in the answer.</summary>
    public IReadOnlyCollection<ArticleId> Articles => _articles;

    /// <summary>The editions in the answer.</summary>
    public IReadOnlyCollection<ReceivedEdition> Editions => _editions;

    /// <summary>Takes the partner. Returns false if it has already been taken, as for a later part of the answer.</summary>
    public bool TryBegin(PartnerId partner)
    {
        if (Partner is not null)
        {
            return false;
        }

        Partner = partner;
        return true;
    }

    /// <summary>Adds articles of the answer.</summary>
    public void Deliver(IEnumerable<ArticleId> articles) => _articles.UnionWith(articles);

    /// <summary>
    /// Gives this request the answer of another one, which has ended and whose answer is sent again. Nothing is added to it.
    /// </summary>
    internal void DeliverAgain(PartnerTurn before) => (_articles, _editions) = (before._articles, before._editions);

    /// <summary>Adds editions of the answer.</summary>
    internal void Deliver(IEnumerable<ReceivedEdition> editions)
    {
        foreach (var edition in editions)
        {
            _editions.Add(edition);
            _articles.Add(edition.Article);
        }
    }
}

/// <summary>An edition of an article in an answer.</summary>
public sealed record ReceivedEdition(ArticleId Article, EditionId Edition);

/// <summary>How much of a limit is left.</summary>
/// <param name="Name">The name of the limit.</param>
/// <param name="Quota">The most requests in the time.</param>
/// <param name="Left">The requests that are left.</param>
/// <param name="Window">The length of the time.</param>
/// <param name="Reset">How long it is until the next time begins.</param>
public sealed record PartnerLimit(string Name, long Quota, long Left, TimeSpan Window, TimeSpan Reset);
