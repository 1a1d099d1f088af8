using Cms.Articles;
using Cms.Data;

namespace Cms.Panel;

/// <summary>A take as the current edition of its article carries it, holding the columns that were asked for.</summary>
public sealed class PublicTake
{
    public TakeId Id { get; init; }

    public EditionId EditionId { get; init; }

    public ArticleId ArticleId { get; init; }

    public PersonaId PersonaId { get; init; }

    public string PersonaName { get; init; } = "";

    public string PersonaLens { get; init; } = "";

    public string Text { get; init; } = "";

    public Stance Stance { get; init; }

    public int Confidence { get; init; }

    public string? Verdict { get; init; }

    public TakeAnchor? Anchor { get; init; }

    public TakeId? InReplyTo { get; init; }

    public string? Disclosure { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    internal static Projection<EditionTake, PublicTake> Columns { get; } =
        new(
            take => new PublicTake
            {
                Id = take.TakeId,
                EditionId = take.EditionId,
                ArticleId = take.ArticleId,
                PersonaId = take.PersonaId,
                PersonaName = take.PersonaName,
                PersonaLens = take.PersonaLens,
                Text = take.Text,
                Stance = take.Stance,
                Confidence = take.Confidence,
                Verdict = take.Verdict,
                Anchor = take.Anchor,
                InReplyTo = take.InReplyTo,
                Disclosure = take.Disclosure,
                PublishedAt = take.PublishedAt,
            },
            nameof(Id),
            nameof(EditionId),
            nameof(PublishedAt)
        );
}

/// <summary>A persona as the public sees it, holding the columns that were asked for.</summary>
public sealed class PublicPersona
{
    public PersonaId Id { get; init; }

    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    public string Lens { get; init; } = "";

    public string? Bio { get; init; }

    public string? AccentColour { get; init; }

    public int Order { get; init; }

    public bool IsActive { get; init; }

    public bool IsAi { get; init; }

    // The voice guide is for staff: it has no column here, so nothing can ask for it.
    internal static Projection<Persona, PublicPersona> Columns { get; } =
        new(
            persona => new PublicPersona
            {
                Id = persona.Id,
                Slug = persona.Slug,
                Name = persona.Profile.Name,
                Lens = persona.Profile.Lens,
                Bio = persona.Profile.Bio,
                AccentColour = persona.AccentColour,
                Order = persona.Order,
                IsActive = persona.IsActive,
                IsAi = persona.IsAi,
            },
            nameof(Id),
            nameof(Order)
        );
}
