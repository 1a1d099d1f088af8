using Cms.Articles;
using Cms.Panel;

namespace Cms.Reading;

/// <summary>An article as the public lists show it, before or after a change.</summary>
public sealed record ArticleState(
    ArticleId Id,
    string Slug,
    IReadOnlySet<FacetId> Facets,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlySet<TakeState> Takes
);

/// <summary>A take as the lists of takes show it.</summary>
public readonly record struct TakeState(TakeId Id, PersonaId Persona, DateTimeOffset PublishedAt, Stance Stance);
