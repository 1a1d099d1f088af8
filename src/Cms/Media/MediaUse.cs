using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;

namespace Cms.Media;

/// <summary>What uses an image.</summary>
public enum MediaUseKind
{
    /// <summary>The working copy of an article.</summary>
    WorkingCopy,

    /// <summary>A published article.</summary>
    Article,

    /// <summary>A scheduled article.</summary>
    Schedule,

    /// <summary>A persona, which has it as its picture.</summary>
    Persona,

    /// <summary>A tool, which has it as its logo.</summary>
    Tool,

    /// <summary>An author, who has it as the profile picture.</summary>
    Author,

    /// <summary>Another image that uses this one as its substitute.</summary>
    Image,
}

/// <summary>A current use of an image.</summary>
public sealed class MediaUse
{
    public required MediaId MediaId { get; init; }

    /// <summary>What uses the image.</summary>
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

/// <summary>A tag of an image.</summary>
public sealed class MediaTag : IAudited
{
    string IAudited.AuditSubject => MediaId.ToString();

    string? IAudited.AuditPart => "tag";

    public required TagId TagId { get; init; }

    public required MediaId MediaId { get; init; }
}

/// <summary>A search term of an image.</summary>
public sealed class MediaTerm
{
    public const int MaxLength = 40;

    public required string Term { get; init; }

    public required MediaId MediaId { get; init; }
}
