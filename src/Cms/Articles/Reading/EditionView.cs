using Cms.Media;
using Cms.Media.Rights;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;

namespace Cms.Articles.Reading;

/// <summary>An edition as readers see it, with only the requested columns.</summary>
public abstract class EditionView
{
    /// <summary>Whether this is a preview: an edition that does not exist yet. Its images can be private.</summary>
    internal bool IsPreview { get; init; }

    /// <summary>
    /// Returns whether images of the edition can be private: in a preview, and if the caller sees it before its embargo
    /// ends. Then, it is published later than it was made.
    /// </summary>
    internal bool IsPrivateFor(Entitlement? entitlement) =>
        IsPreview || (entitlement is { SeesUntil: not null } && PublishedAt > UpdatedAt);

    public ArticleId Id { get; init; }

    public EditionId EditionId { get; init; }

    public int EditionNumber { get; init; }

    /// <summary>The slug in the article's URL.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The headline.</summary>
    public string Headline { get; init; } = "";

    /// <summary>A summary in a sentence or two.</summary>
    public string Summary { get; init; } = "";

    public string? Body { get; init; }

    /// <summary>The number of words in the body, not counting code.</summary>
    public int WordCount { get; init; }

    /// <summary>The time to read the body, in whole minutes.</summary>
    public int ReadingMinutes { get; init; }

    public CategoryId? CategoryId { get; init; }

    public SourceId? SourceId { get; init; }

    public string? SourceUrl { get; init; }

    public DateOnly? SourcePublishedOn { get; init; }

    public MediaId? HeroImageId { get; init; }

    public string? HeroAlt { get; init; }

    public string? HeroCaption { get; init; }

    /// <summary>The byline as written; null if there is none.</summary>
    public string? Byline { get; init; }

    /// <summary>The language of the text (BCP 47).</summary>
    public string Language { get; init; } = "";

    public string? SeoTitle { get; init; }

    public string? SeoDescription { get; init; }

    public string? SeoCanonicalUrl { get; init; }

    public bool SeoNoIndex { get; init; }

    /// <summary>
    /// The AI disclosure: which model drafted the text and who reviewed it. Null if there is nothing to disclose.
    /// </summary>
    public string? Disclosure { get; init; }

    /// <summary>How an AI model contributed to the text (IPTC); null if none did.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    public int CorrectionSequence { get; init; }

    /// <summary>When the article was first published.</summary>
    public DateTimeOffset FirstPublishedAt { get; init; }

    /// <summary>
    /// The article's publication date. Updates and corrections keep it; publishing again after a withdrawal resets it.
    /// </summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The time of the last public change, when this edition was published.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    private protected static Projection<Edition, TView> Of<TView>()
        where TView : EditionView, new() =>
        new(
            edition => new TView
            {
                Id = edition.ArticleId,
                EditionId = edition.Id,
                EditionNumber = edition.Number,
                Slug = edition.Slug,
                Headline = edition.Content!.Headline,
                Summary = edition.Content!.Summary!,
                Body = edition.Content!.Body,
                WordCount = edition.Content!.WordCount,
                ReadingMinutes = edition.Content!.ReadingMinutes,
                CategoryId = edition.Content!.CategoryId,
                SourceId = edition.Content!.SourceId,
                SourceUrl = edition.Content!.SourceUrl,
                SourcePublishedOn = edition.Content!.SourcePublishedOn,
                HeroImageId = edition.Content!.HeroImageId,
                HeroAlt = edition.Content!.HeroAlt,
                HeroCaption = edition.Content!.HeroCaption,
                Byline = edition.Content!.Byline,
                Language = edition.Content!.Language,
                SeoTitle = edition.Content!.Seo.Title,
                SeoDescription = edition.Content!.Seo.Description,
                SeoCanonicalUrl = edition.Content!.Seo.CanonicalUrl,
                SeoNoIndex = edition.Content!.Seo.NoIndex,
                Disclosure = edition.Disclosure,
                DigitalSourceType = edition.DigitalSourceType,
                CorrectionSequence = edition.CorrectionSequence,
                FirstPublishedAt = edition.FirstPublishedAt,
                PublishedAt = edition.PublishedAt,
                UpdatedAt = edition.LiveFrom,
            },
            nameof(Id),
            nameof(EditionId),
            nameof(PublishedAt),
            nameof(UpdatedAt)
        );
}
