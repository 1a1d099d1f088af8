using Cms.Site.Layout;

namespace Cms.Site.Articles.Share;

/// <summary>The answer to the query of an article's share image.</summary>
public sealed record ShareAnswer(ShareArticle? Article);

/// <summary>What the share image of an article shows.</summary>
public sealed record ShareArticle(
    string Headline,
    string Language,
    SectionData? Category,
    IReadOnlyList<ShareTake> Takes
);

/// <summary>A bar of the panel's line.</summary>
public sealed record ShareTake(Stance Stance, int Confidence, SharePersona Persona) : IStand
{
    public string PersonaSlug => Persona.Slug;

    public string PersonaName => Persona.Name;
}

/// <summary>A persona with its colour.</summary>
public sealed record SharePersona(string Slug, string Name, string? AccentColour);
