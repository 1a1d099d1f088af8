using System.Linq.Expressions;
using Cms.Data;

namespace Cms.Search;

/// <summary>A live article that matches, and how well.</summary>
public sealed class SearchHit
{
    /// <summary>The <see cref="SearchDocument" /> found.</summary>
    public required int DocumentId { get; init; }

    /// <summary>Lower is better; comparable within one search only, and never shown.</summary>
    public required double Rank { get; init; }
}

/// <summary>Full text as the database has it.</summary>
public interface IArticleSearch
{
    /// <summary>The hits, unordered, to be composed into a larger query.</summary>
    IQueryable<SearchHit> Match(CmsDbContext db, SearchTerms terms);

    /// <summary>The same for terms written by <see cref="Write" />, to be translated once; null where the database's syntax does not allow it.</summary>
    Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>>? MatchWritten { get; }

    /// <summary>The terms in the database's own syntax.</summary>
    string Write(SearchTerms terms);
}
