using Cms.Body;
using Cms.Data;
using Cms.Taxonomy;

namespace Cms.Articles;

/// <summary>An article as the public sees it: a row of its current edition, holding the columns that were asked for.</summary>
public sealed class PublicArticle : IEmbed
{
    public ArticleId Id { get; init; }

    public EditionId EditionId { get; init; }

    public int EditionNumber { get; init; }

    public string Slug { get; init; } = "";

    public string Headline { get; init; } = "";

    public string Summary { get; init; } = "";

    public string? Body { get; init; }

    public int WordCount { get; init; }

    public int ReadingMinutes { get; init; }

    public CategoryId? CategoryId { get; init; }

    public SourceId? SourceId { get; init; }

    public string? SourceUrl { get; init; }

    public DateOnly? SourcePublishedOn { get; init; }

    public string? Byline { get; init; }

    public string Language { get; init; } = "";

    public string? SeoTitle { get; init; }

    public string? SeoDescription { get; init; }

    public string? SeoCanonicalUrl { get; init; }

    public bool SeoNoIndex { get; init; }

    public string? Disclosure { get; init; }

    public int CorrectionSequence { get; init; }

    public DateTimeOffset FirstPublishedAt { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    internal static Projection<Edition, PublicArticle> Columns { get; } =
        new(
            edition => new PublicArticle
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
                Byline = edition.Content!.Byline,
                Language = edition.Content!.Language,
                SeoTitle = edition.Content!.Seo.Title,
                SeoDescription = edition.Content!.Seo.Description,
                SeoCanonicalUrl = edition.Content!.Seo.CanonicalUrl,
                SeoNoIndex = edition.Content!.Seo.NoIndex,
                Disclosure = edition.Disclosure,
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
