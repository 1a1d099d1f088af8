using Cms.Foundation;

namespace Cms.Taxonomy;

/// <summary>
/// A slug that a term had before it was renamed, merged or deleted. It leads to the term, and from there to the term that
/// it was merged into, so there are no chains. A term that is renamed back or brought back can have it again.
/// </summary>
public sealed class TermSlug : IRewritten
{
    public required TermKind Kind { get; init; }

    public required string Slug { get; init; }

    public required SubjectId TermId { get; init; }

    /// <summary>
    /// Whether readers saw the term under this slug. If so, the slug redirects, and no other term can take it. If not,
    /// only imports use it to find the term.
    /// </summary>
    public required bool WasPublic { get; set; }
}
