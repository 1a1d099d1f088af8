using Cms.Articles;
using Cms.Bookmarks;
using Cms.Data;
using Cms.Media;

namespace Cms.Panel;

/// <summary>A take as the current edition of its article carries it, holding the columns that were asked for.</summary>
public sealed class PublicTake : IBookmarkTarget
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public TakeId Id { get; init; }

    public EditionId EditionId { get; init; }

    public ArticleId ArticleId { get; init; }

    public PersonaId PersonaId { get; init; }

    public string PersonaName { get; init; } = "";

    public string PersonaLens { get; init; } = "";

    /// <summary>The take.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which way it leans.</summary>
    public Stance Stance { get; init; }

    /// <summary>How sure the persona is, 0 to 100.</summary>
    public int Confidence { get; init; }

    /// <summary>The take in one line; null when it has none.</summary>
    public string? Verdict { get; init; }

    /// <summary>The passage it speaks of; null when it speaks of the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    public TakeId? InReplyTo { get; init; }

    /// <summary>What a model had to do with it; null when there is nothing to disclose.</summary>
    public string? Disclosure { get; init; }

    /// <summary>When it was first before readers.</summary>
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
            nameof(ArticleId),
            nameof(PublishedAt)
        );
}

/// <summary>A persona as the public sees it, holding the columns that were asked for.</summary>
public sealed class PublicPersona
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public PersonaId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public string Slug { get; init; } = "";

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>The angle it reads the news from.</summary>
    public string Lens { get; init; } = "";

    /// <summary>Who it is; null when nothing is told.</summary>
    public string? Bio { get; init; }

    /// <summary>Its colour as #rrggbb; null when it has none.</summary>
    public string? AccentColour { get; init; }

    public MediaId? AvatarId { get; init; }

    /// <summary>Its place on the panel, lowest first.</summary>
    public int Order { get; init; }

    /// <summary>Whether it still adds takes.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether a model writes its takes.</summary>
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
                AvatarId = persona.AvatarId,
                Order = persona.Order,
                IsActive = persona.IsActive,
                IsAi = persona.IsAi,
            },
            nameof(Id),
            nameof(Order)
        );
}
