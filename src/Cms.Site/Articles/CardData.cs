using Cms.Site.Layout;

namespace Cms.Site.Articles;

/// <summary>An article in a list.</summary>
public sealed record CardData(
    string Id,
    string Slug,
    string Headline,
    string Summary,
    DateTimeOffset PublishedAt,
    int ReadingMinutes,
    SectionData? Category,
    NamedData? Source,
    ConsensusData Consensus,
    IReadOnlyList<CardTake> Takes,
    HeroData? HeroImage
)
{
    public string Path => "/articles/" + Slug;
}

/// <summary>Something with a name.</summary>
public sealed record NamedData(string Name);

/// <summary>How many takes are supportive, mixed and skeptical.</summary>
public sealed record ConsensusData(int Supportive, int Mixed, int Skeptical, bool Split);

/// <summary>Where a take stands.</summary>
public enum Stance
{
    Supportive,
    Mixed,
    Skeptical,
}

/// <summary>What a bar of the panel's line shows.</summary>
public interface IStand
{
    Stance Stance { get; }

    /// <summary>How sure the persona is, in per cent.</summary>
    int Confidence { get; }

    /// <summary>The slug of the persona.</summary>
    string PersonaSlug { get; }

    /// <summary>The name of the persona.</summary>
    string PersonaName { get; }
}

/// <summary>A take in a list.</summary>
public sealed record CardTake(string Id, string? Verdict, Stance Stance, int Confidence, PersonaRef Persona) : IStand
{
    public string PersonaSlug => Persona.Slug;

    public string PersonaName => Persona.Name;
}

/// <summary>A persona by name.</summary>
public sealed record PersonaRef(string Slug, string Name);

/// <summary>The picture of an article in a list.</summary>
public sealed record HeroData(string? Placeholder, HeroRights Rights, string Wide, string WideUrl);

/// <summary>What may be done with a picture.</summary>
public sealed record HeroRights(bool NoCrop);
