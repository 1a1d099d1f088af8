using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;

namespace Cms.Articles.Drafting;

public sealed record CreateArticleInput
{
    public required ArticleContent Content { get; init; }

    /// <summary>The requested slug; null to make one from the headline, which then follows it.</summary>
    public string? Slug { get; init; }

    /// <summary>The body as the author sent it; null if the content already has the body.</summary>
    public BodyInput? Body { get; init; }

    /// <summary>The model that drafted the content, if it was sent.</summary>
    public Optional<DraftedWith?> DraftedWith { get; init; }
}

/// <summary>Creates an article with its first revision.</summary>
public sealed class CreateArticle(CmsDatabase database, EmbedHosts hosts, TimeProvider clock)
{
    public Task<Result<Article>> Handle(CreateArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Article>(
            actor,
            async (db, token) =>
            {
                var written = await db.WithBodyAsync(input.Content, input.Body, !actor.Is(Role.Editor), hosts, token);
                var refusals = input.Content.Refusals();
                var terms = await db.LiveTermsAsync(input.Content, token);
                refusals.AddRange(await db.MissingReferencesAsync(input.Content, terms, token));
                refusals.AddRange(written.Errors);
                var images = (written.Value ?? input.Content).Images();
                refusals.AddRange(await db.MissingMediaAsync(images, token));
                var origin = Provenance.Next(before: null, input.DraftedWith, actor);
                refusals.AddRange(origin.Errors);
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                var slug = await db.ClaimSlugAsync(input.Slug, input.Content.Headline, null, token);
                if (!slug.Succeeded(out var claimed, out var errors))
                {
                    return errors.ToList();
                }

                var now = clock.Now();
                var article = new Article
                {
                    Id = ArticleId.New(),
                    Slug = claimed,
                    SlugFollowsHeadline = input.Slug is null,
                    CreatedAt = now,
                };
                db.Add(article);
                var content = terms.In(written.Value!);
                db.Add(article.Save(content, actor.Contributor, now, draftedWith: origin.Value!.DraftedWith));
                await db.RecordUsesAsync(
                    MediaUseKind.WorkingCopy,
                    article.Id,
                    images.Select(image => image.Media),
                    token
                );
                await db.RecordReferencesAsync(UsageKind.WorkingCopy, article.Id, content.References(), token);
                return article;
            },
            cancellationToken
        );
}
