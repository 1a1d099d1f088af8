using Cms.Access;
using Cms.Articles.Desk;
using Cms.Articles.Workflow;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>The article to preview.</summary>
public sealed record CreatePreviewLinkInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Article { get; init; }

    /// <summary>In how many seconds the link expires: 60 to 2592000, which is 30 days. Default 604800, which is 7 days.</summary>
    public int? ExpiresIn { get; init; }
}

/// <summary>Creates a link that lets anybody read the newest revision of an article.</summary>
public sealed class CreatePreviewLink(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<PreviewLink>> Handle(
        CreatePreviewLinkInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<PreviewLink>(
            actor,
            async (db, token) =>
            {
                // The request can have been accepted before its sender was blocked.
                if (await db.LockBlocksOfAsync(actor.Person, token))
                {
                    return new ArticleNotFound(input.Article) { Path = ["article"] };
                }

                if (await db.ArticleForAsync(input.Article, actor, token) is not { } article)
                {
                    return new ArticleNotFound(input.Article) { Path = ["article"] };
                }

                if (article.TrashedAt is not null)
                {
                    return new ArticleTrashed(article.Id) { Path = ["article"] };
                }

                if (LifetimeOf(input) is not { } lifetime)
                {
                    return OutOfRange();
                }

                // Otherwise, two simultaneous mutations would not see each other's link.
                await db.LockArticleAsync(article.Id, token);
                var now = clock.Now();
                if (
                    await db.LivePreviewLinks(now).CountAsync(l => l.ArticleId == article.Id, token) is var count
                    && count >= PreviewLink.MaxPerArticle
                )
                {
                    return new TooManyPreviewLinks(PreviewLink.MaxPerArticle) { Path = ["article"] };
                }

                var secret = PreviewToken.New();
                var link = new PreviewLink
                {
                    Id = PreviewLinkId.New(),
                    ArticleId = article.Id,
                    TokenHash = PreviewToken.Hash(secret),
                    CreatorKey = actor.Person,
                    CreatedBy = PlainLine.Cut(actor.Contributor.Name, PreviewLink.MaxName),
                    CreatedAt = now,
                    ExpiresAt = now + lifetime,
                    Token = secret,
                };
                db.Add(link);
                return link;
            },
            cancellationToken
        );

    // Returns null if the requested time is out of range.
    private static TimeSpan? LifetimeOf(CreatePreviewLinkInput input) =>
        input.ExpiresIn is not { } seconds ? PreviewLink.DefaultLifetime
        : TimeSpan.FromSeconds(seconds) is var asked
        && asked >= PreviewLink.ShortestLifetime
        && asked <= PreviewLink.LongestLifetime
            ? asked
        : null;

    private static PreviewLifetimeOutOfRange OutOfRange() =>
        new((int)PreviewLink.ShortestLifetime.TotalSeconds, (int)PreviewLink.LongestLifetime.TotalSeconds)
        {
            Path = ["expiresIn"],
        };
}
