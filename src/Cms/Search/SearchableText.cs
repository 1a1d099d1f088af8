using Cms.Articles;
using Cms.Foundation;

namespace Cms.Search;

/// <summary>The searchable text of an article. Full-text engines require the integer key.</summary>
public abstract class SearchableText : IRewritten
{
    public int Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required string Headline { get; set; }

    public required string Summary { get; set; }

    public required string Text { get; set; }

    /// <summary>
    /// The words of the headline, summary and text, in the form that LIKE searches on SQL Server without
    /// full-text search. Only SQL Server stores them; SQLite has a full-text index.
    /// </summary>
    public string Words
    {
        get => field ??= SearchWords.Of(Headline, Summary, Text);
        protected set;
    }
}
