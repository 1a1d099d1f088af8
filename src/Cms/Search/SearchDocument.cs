using Cms.Articles;
using Cms.Foundation;

namespace Cms.Search;

/// <summary>The words by which a live article is found. Full-text engines want a whole number for a key.</summary>
public sealed class SearchDocument : IRewritten
{
    public int Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required string Headline { get; set; }

    public required string Summary { get; set; }

    /// <summary>The body and the takes as plain text.</summary>
    public required string Text { get; set; }

    /// <summary>
    /// The words of all three as LIKE compares them, for SQL Server without full text. Stored there only: SQLite has its index.
    /// </summary>
    public string Words
    {
        get => field ??= SearchWords.Of(Headline, Summary, Text);
        private set;
    }
}
