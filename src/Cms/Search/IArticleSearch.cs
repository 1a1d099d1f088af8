using System.Linq.Expressions;
using Cms.Data;

namespace Cms.Search;

/// <summary>An article that matches a search, with its rank.</summary>
public sealed class SearchHit
{
    /// <summary>The id of the matching <see cref="SearchableText" />.</summary>
    public required int DocumentId { get; init; }

    /// <summary>The rank. Lower is better. Ranks are comparable only within one search, and are never shown.</summary>
    public required double Rank { get; init; }
}

/// <summary>The full-text search of a database.</summary>
public interface IArticleSearch
{
    /// <summary>Returns the matching published articles, unordered, for use in a larger query.</summary>
    IQueryable<SearchHit> Match(CmsDbContext db, SearchTerms terms);

    /// <summary>
    /// Returns the matching working copies (<see cref="DeskDocument" />), unordered, for use in a larger query.
    /// </summary>
    IQueryable<SearchHit> MatchDesk(CmsDbContext db, SearchTerms terms);

    /// <summary>
    /// The query of <see cref="Match" />, with the result of <see cref="Write" /> as a parameter, so that it can be
    /// compiled once and reused; null if the database's syntax does not allow it.
    /// </summary>
    Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>>? MatchWritten { get; }

    /// <summary>Writes the terms in the database's search syntax.</summary>
    string Write(SearchTerms terms);
}
