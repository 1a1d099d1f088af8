using Cms.Articles;
using Cms.Bookmarks;
using Cms.Media;
using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>The status of a take in a preview of its article.</summary>
public enum TakePreviewStatus
{
    /// <summary>Readers can see the take.</summary>
    Published,

    /// <summary>Approved. Readers can see the take when the article is next published.</summary>
    Approved,

    /// <summary>
    /// The newest revision is not approved. Readers can see it only after it is approved and published.
    /// </summary>
    Unapproved,
}

/// <summary>A take in the current edition of its article, or in a preview of the article.</summary>
public sealed class PublicTake : TakeView, IBookmarkTarget
{
    /// <summary>The take's status, if it is shown in a preview of the article; otherwise null.</summary>
    internal TakePreviewStatus? PreviewStatus { get; init; }

    /// <summary>The other takes in the same preview.</summary>
    internal IReadOnlyList<PublicTake> PreviewedWith { get; init; } = [];

    internal static Projection<EditionTake, PublicTake> Columns { get; } = Of<PublicTake>();
}

/// <summary>A take in a past edition.</summary>
public sealed class TakeSnapshot : TakeView
{
    internal static Projection<EditionTake, TakeSnapshot> Columns { get; } = Of<TakeSnapshot>();
}

/// <summary>A persona as readers see it, with only the requested columns.</summary>
public sealed class PublicPersona
{
    /// <summary>The persona's id. It never changes.</summary>
    public PersonaId Id { get; init; }

    /// <summary>The slug in the persona's URL.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The persona's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The persona's perspective on the news.</summary>
    public string Lens { get; init; } = "";

    /// <summary>A description of the persona; null if there is none.</summary>
    public string? Bio { get; init; }

    /// <summary>The persona's colour as #rrggbb; null if it has none.</summary>
    public string? AccentColour { get; init; }

    public MediaId? AvatarId { get; init; }

    /// <summary>The persona's position on the panel, lowest first.</summary>
    public int Order { get; init; }

    /// <summary>Whether the persona still writes takes.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether an AI model writes the persona's takes.</summary>
    public bool IsAi { get; init; }

    // The voice guide is for staff only. It is not among these columns, so no public query can read it.
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
