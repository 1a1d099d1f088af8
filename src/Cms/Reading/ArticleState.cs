using Cms.Articles;
using Cms.Panel;

namespace Cms.Reading;

/// <summary>How an article stands, or stood, in the lists that readers see.</summary>
public sealed record ArticleState(
    ArticleId Id,
    IReadOnlySet<FacetId> Facets,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlySet<TakeState> Takes
);

/// <summary>How a take stands in the lists of takes.</summary>
public readonly record struct TakeState(TakeId Id, PersonaId Persona, DateTimeOffset PublishedAt);
