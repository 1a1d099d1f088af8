using Cms.Site.Layout;

namespace Cms.Site.Articles;

/// <summary>A persona's take on an article.</summary>
public sealed record TakeData(
    string Id,
    string Text,
    string? Verdict,
    Stance Stance,
    int Confidence,
    string? Disclosure,
    string? DigitalSourceType,
    DateTimeOffset PublishedAt,
    bool? IsBookmarked,
    TakePreviewStatus? PreviewStatus,
    AnchorData? Anchor,
    TakeReply? InReplyTo,
    TakeByline WrittenAs,
    TakePersona Persona
) : IStand
{
    public string PersonaSlug => Persona.Slug;

    public string PersonaName => WrittenAs.Name;
}

/// <summary>Whether readers can see a take that a preview shows.</summary>
public enum TakePreviewStatus
{
    Published,
    Approved,
    Unapproved,
}

/// <summary>The passage that a take refers to.</summary>
public sealed record AnchorData(string BlockId, string? Quote);

/// <summary>The take that another one answers.</summary>
public sealed record TakeReply(string Id, PersonaRef Persona);

/// <summary>The name and the lens of a persona when it wrote a take.</summary>
public sealed record TakeByline(string Name, string Lens);

/// <summary>The persona of a take.</summary>
public sealed record TakePersona(string Slug, string Name, PictureData? Avatar);
