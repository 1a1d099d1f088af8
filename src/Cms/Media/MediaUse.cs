using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;

namespace Cms.Media;

/// <summary>What shows an image.</summary>
public enum MediaUseKind
{
    /// <summary>The working copy of an article.</summary>
    WorkingCopy,

    /// <summary>An article as readers see it.</summary>
    Article,

    /// <summary>An article as it is scheduled to be.</summary>
    Schedule,

    /// <summary>A persona, as its picture.</summary>
    Persona,

    /// <summary>A tool, as its logo.</summary>
    Tool,

    /// <summary>Another image, which it stands in for when that one's rights have ended.</summary>
    Image,
}

/// <summary>That something shows an image, now.</summary>
public sealed class MediaUse
{
    public required MediaId MediaId { get; init; }

    /// <summary>What kind of thing shows it.</summary>
    public required MediaUseKind Kind { get; init; }

    public required SubjectId UserId { get; init; }

    public static MediaUse Of(MediaId media, MediaUseKind kind, IEntityId user) =>
        new()
        {
            MediaId = media,
            Kind = kind,
            UserId = SubjectId.Of(user),
        };
}

/// <summary>A topic that an image is filed under.</summary>
public sealed class MediaTag
{
    public required TagId TagId { get; init; }

    public required MediaId MediaId { get; init; }
}

/// <summary>A word that an image is found by.</summary>
public sealed class MediaTerm
{
    public const int MaxLength = 40;

    public required string Term { get; init; }

    public required MediaId MediaId { get; init; }
}
