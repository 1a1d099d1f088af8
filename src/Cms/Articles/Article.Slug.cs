using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

// The slug. Editions store the slug that they were published under, so an old URL still finds the article.
public sealed partial class Article
{
    /// <summary>
    /// Changes the slug of an article that is not published. Readers have not seen the new slug, so no edition is made.
    /// </summary>
    public void ChangeSlug(string slug, Contributor by, DateTimeOffset now)
    {
        _slug = slug;
        Touch(by, now);
    }

    /// <summary>
    /// Prepares an edition that shows the same content under a different slug. It leaves the review, the schedule and
    /// the working copy as they are.
    /// </summary>
    /// <param name="live">The edition that readers see now.</param>
    /// <param name="content">Its content, with its tags and tools.</param>
    /// <param name="slug">The new slug.</param>
    /// <param name="by">Who changes the slug.</param>
    /// <param name="now">When the edition goes live.</param>
    public Result<NextEdition> Move(
        Edition live,
        ArticleContent content,
        string slug,
        Contributor by,
        DateTimeOffset now
    ) => Reissue(live, content, slug, by, now);

    /// <summary>
    /// Prepares an edition that shows the content that readers see now, with other takes. It leaves the review, the
    /// schedule and the working copy as they are.
    /// </summary>
    /// <param name="live">The edition that readers see now.</param>
    /// <param name="content">Its content, with its tags and tools.</param>
    /// <param name="by">Who changes the takes.</param>
    /// <param name="now">When the edition goes live.</param>
    public Result<NextEdition> Reissue(Edition live, ArticleContent content, Contributor by, DateTimeOffset now) =>
        Reissue(live, content, live.Slug, by, now);

    private NextEdition Reissue(
        Edition live,
        ArticleContent content,
        string slug,
        Contributor by,
        DateTimeOffset now
    ) =>
        new(() =>
        {
            ChangeSlug(slug, by, now);
            var edition = new Edition
            {
                Id = EditionId.New(),
                ArticleId = Id,
                Number = ++EditionCount,
                Kind = EditionKind.Updated,
                Slug = slug,
                RevisionId = live.RevisionId,
                Content = content,
                Disclosure = live.Disclosure,
                ApprovedBy = live.ApprovedBy,
                DigitalSourceType = live.DigitalSourceType,
                FirstPublishedAt = live.FirstPublishedAt,
                PublishedAt = live.PublishedAt,
                LiveFrom = now,
                IssuedBy = by.Name,
                CorrectionSequence = live.CorrectionSequence,
            };
            LiveEditionId = edition.Id;
            return edition;
        });
}
