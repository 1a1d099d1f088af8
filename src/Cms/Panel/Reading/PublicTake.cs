using Cms.Articles;
using Cms.Bookmarks;
using Cms.Media;
using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>A take as the current edition of its article carries it.</summary>
public sealed class PublicTake : TakeView, IBookmarkTarget
{
    internal static Projection<EditionTake, PublicTake> Columns { get; } = Of<PublicTake>();
}

/// <summary>A take as an edition of the past carried it.</summary>
public sealed class TakeSnapshot : TakeView
{
    internal static Projection<EditionTake, TakeSnapshot> Columns { get; } = Of<TakeSnapshot>();
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
