using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

// The slug. Editions store the slug that they were published under, so an old URL still finds the article.
public sealed partial class Article
{
    private bool _slugFollowsHeadline;

    /// <summary>
    /// Whether a new headline changes the slug. This ends when somebody sets the slug with changeSlug, and when the
    /// article is first scheduled or published, because other sites may have its URL by then.
    /// </summary>
    public bool SlugFollowsHeadline
    {
        get => _slugFollowsHeadline;
        init => _slugFollowsHeadline = value;
    }

    /// <summary>
    /// Sets the slug of an article that is not published. Readers have not seen the new slug, so no edition is made. The
    /// slug no longer follows the headline.
    /// </summary>
    public void ChangeSlug(string slug, Contributor by, DateTimeOffset now)
    {
        (_slug, _slugFollowsHeadline) = (slug, false);
        Touch(by, now);
    }

    /// <summary>Sets the slug that was made from the headline. <see cref="Save" /> records who saved the headline.</summary>
    internal void FollowHeadline(string slug) => _slug = slug;

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
