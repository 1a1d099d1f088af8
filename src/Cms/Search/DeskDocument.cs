using Cms.Articles;

namespace Cms.Search;

/// <summary>
/// The searchable text of an article's newest revision. Only the desk searches it: drafts never enter the public index.
/// </summary>
public sealed class DeskDocument : SearchableText
{
    /// <summary>The revision that the text comes from.</summary>
    public required RevisionId RevisionId { get; init; }
}
