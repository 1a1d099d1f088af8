using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Feeds;

/// <summary>The articles that were withdrawn from a feed lately, which feed readers should remove.</summary>
public sealed record WithdrawnAnswer(IReadOnlyList<WithdrawnArticleData> WithdrawnArticles);

/// <summary>An article that was withdrawn.</summary>
public sealed record WithdrawnArticleData(string ArticleId, DateTimeOffset WithdrawnAt, string Reason)
{
    /// <summary>Returns the tombstone of the article.</summary>
    public WithdrawnEntry ToEntry() => new(ArticleId, WithdrawnAt, Reason);
}

/// <summary>The takes that were withdrawn from a feed lately.</summary>
public sealed record WithdrawnTakesAnswer(IReadOnlyList<WithdrawnTakeData> WithdrawnTakes);

/// <summary>A take that was withdrawn.</summary>
/// <param name="Reason">The reason of the withdrawal of its article; null if only the take was retracted.</param>
public sealed record WithdrawnTakeData(string TakeId, DateTimeOffset WithdrawnAt, string? Reason)
{
    /// <summary>Returns the tombstone of the take.</summary>
    public WithdrawnEntry ToEntry() => new(TakeId, WithdrawnAt, Reason);
}

/// <summary>The tombstone of an entry.</summary>
/// <param name="Id">The id of the article or the take.</param>
/// <param name="Reason">The reason for readers; null if there is none.</param>
public sealed record WithdrawnEntry(string Id, DateTimeOffset WithdrawnAt, string? Reason);

/// <summary>
/// Reads the tombstones (RFC 6721) of a feed. Only Atom has them, and only the feed that readers subscribe to: nobody
/// reads a document of the archive a second time.
/// </summary>
internal static class FeedTombstones
{
    // Who has not read the feed for so long should read it as if for the first time.
    private const int Days = 90;

    /// <summary>Returns the time since when a feed contains withdrawals. It changes once a day.</summary>
    public static DateTimeOffset Since(DateTimeOffset today) => today.AddDays(-Days);

    /// <summary>Returns the articles or takes that were withdrawn from a feed.</summary>
    public static async Task<IReadOnlyList<WithdrawnEntry>> ReadAsync(
        PageRequest page,
        FeedAddress feed,
        FeedSubjectData? subject,
        DateTimeOffset today
    )
    {
        if (feed is not { Format: FeedFormat.Atom, Day: null })
        {
            return [];
        }

        if (feed.HasTakes)
        {
            var takes = await page.QueryAsync<WithdrawnTakesAnswer>(
                "SiteFeedWithdrawnTakes",
                new { since = Words.Iso(Since(today)), persona = IdIf(FeedSubject.Persona) }
            );
            return [.. takes.WithdrawnTakes.Select(take => take.ToEntry())];
        }

        var articles = await page.QueryAsync<WithdrawnAnswer>(
            "SiteFeedWithdrawn",
            new
            {
                since = Words.Iso(Since(today)),
                category = IdIf(FeedSubject.Category),
                tag = IdIf(FeedSubject.Tag),
                tool = IdIf(FeedSubject.Tool),
                persona = IdIf(FeedSubject.Persona),
            }
        );
        return [.. articles.WithdrawnArticles.Select(article => article.ToEntry())];

        string? IdIf(FeedSubject kind) => feed.Subject == kind ? subject?.Id : null;
    }
}
