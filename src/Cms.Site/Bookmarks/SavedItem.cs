using Cms.Site.Articles;
using Cms.Site.Parts;

namespace Cms.Site.Bookmarks;

/// <summary>What a list of bookmarks shows of one of them. Scripts receive it as JSON.</summary>
public sealed record SavedItem
{
    /// <summary>The id of the article, take or tool.</summary>
    public required string Id { get; init; }

    /// <summary><c>article</c>, <c>take</c> or <c>tool</c>.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>The path of its page; null if it is no longer public.</summary>
    public string? Href { get; init; }

    /// <summary>The section, the persona or the kind of tool.</summary>
    public string? Kicker { get; init; }

    /// <summary>What it is about, in a sentence.</summary>
    public string? Why { get; init; }

    public string? Persona { get; init; }

    public Stance? Stance { get; init; }

    public string? Picture { get; init; }

    /// <summary>The picture at twice the size.</summary>
    public string? LargePicture { get; init; }

    /// <summary>Whether the picture must not be cropped.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The average colour of the picture.</summary>
    public string? Colour { get; init; }

    public IReadOnlyList<SavedTake> Takes { get; init; } = [];

    /// <summary>When it was last changed; null for tools.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was last corrected.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>Whether it is no longer public.</summary>
    public bool IsGone { get; init; }

    /// <summary>Why an article was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>The article to read instead.</summary>
    public SavedLink? Successor { get; init; }

    /// <summary>When it was bookmarked; null if only the browser knows.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    public string? Note { get; init; }

    /// <summary>Whether it has changed since it was bookmarked.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Whether it was corrected since it was bookmarked.</summary>
    public bool IsCorrected => IsChanged && CorrectedAt > SavedAt;

    /// <summary>Returns what the list shows of a bookmark.</summary>
    public static SavedItem Of(BookmarkData bookmark) =>
        Of(bookmark.Target) with
        {
            SavedAt = bookmark.SavedAt,
            Note = bookmark.Note,
            IsChanged = bookmark.ChangedSinceSaved,
        };

    /// <summary>Returns what the list shows of an article, a take, a tool, or of what remains of one.</summary>
    public static SavedItem Of(TargetData target) =>
        target switch
        {
            { Type: "Article", Id: { } id } => new SavedItem
            {
                Id = id,
                Kind = "article",
                Title = target.Headline!,
                Href = "/articles/" + target.Slug,
                Kicker = target.Category?.Name,
                Takes = target.Takes,
                Picture = target.HeroImage?.Small,
                LargePicture = target.HeroImage?.Large,
                IsWhole = target.HeroImage?.Rights.NoCrop == true,
                Colour = target.HeroImage is { } hero ? Thumb.Colour(hero.Placeholder) : null,
                UpdatedAt = target.UpdatedAt,
                CorrectedAt = LastOf(target.Corrections),
            },
            { Type: "Take", Id: { } id, Persona: { } persona, Article: { } article } => new SavedItem
            {
                Id = id,
                Kind = "take",
                Title = target.Verdict ?? $"{persona.Name}’s take",
                Href = $"/articles/{article.Slug}#{id}",
                Kicker = persona.Name,
                Why = "On " + article.Headline,
                Persona = persona.Slug,
                Stance = target.Stance,
                Picture = persona.Avatar?.Url,
                UpdatedAt = article.UpdatedAt,
                CorrectedAt = LastOf(article.Corrections),
            },
            { Type: "Tool", Id: { } id } => new SavedItem
            {
                Id = id,
                Kind = "tool",
                Title = target.Name!,
                Href = "/tools/" + target.Slug,
                Kicker = Words.Capital(target.ToolKind?.ToLowerInvariant() ?? "tool"),
                Why = target.ToolSummary,
                Picture = target.Logo?.Url,
            },
            _ => Gone(target),
        };

    private static SavedItem Gone(TargetData target)
    {
        var kind = target.RemovedKind?.ToLowerInvariant() ?? "article";
        return new SavedItem
        {
            Id = target.TargetId ?? target.Id ?? "",
            Kind = kind,
            Title = $"This {kind} is no longer published",
            IsGone = true,
            Reason = target.Reason,
            Successor = target.Successor is { } article
                ? new SavedLink("/articles/" + article.Slug, article.Headline)
                : null,
        };
    }

    private static DateTimeOffset? LastOf(IReadOnlyList<CorrectionTime> corrections) =>
        corrections.Count == 0 ? null : corrections.Max(correction => correction.At);
}

/// <summary>A link to an article.</summary>
public sealed record SavedLink(string Href, string Title);
