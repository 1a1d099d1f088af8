using Cms.Foundation;

namespace Cms.References;

/// <summary>What uses an article, category, tag, source or author.</summary>
public enum UsageKind
{
    /// <summary>A published article.</summary>
    Article,

    /// <summary>The notice of a withdrawn article, which names the article to read instead.</summary>
    Notice,

    /// <summary>A scheduled article.</summary>
    Schedule,

    /// <summary>The working copy of an article.</summary>
    WorkingCopy,

    /// <summary>A tool that has the tag.</summary>
    Tool,

    /// <summary>An image in the library that has the tag.</summary>
    Image,

    /// <summary>The front of the home page or of a category.</summary>
    Front,

    /// <summary>A take on the article.</summary>
    Take,

    /// <summary>A partner whose agreement names the category or the tag.</summary>
    Partner,

    /// <summary>A reader's bookmark of the article.</summary>
    Bookmark,
}

/// <summary>
/// A current use of an article, category, tag, source or author. Those of published articles, other than the articles
/// that they embed, are not recorded here, because the listings contain them.
/// </summary>
public sealed class Reference
{
    public required SubjectId TargetId { get; init; }

    /// <summary>What uses the target.</summary>
    public required UsageKind Kind { get; init; }

    /// <summary>The article, tool or front that uses the target.</summary>
    public required SubjectId UserId { get; init; }
}
