using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article, and the end of its embargo.</summary>
public sealed record SetEmbargoInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>
    /// The article cannot be published before this time. To lift the embargo, omit both this and untilLocal.
    /// </summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// The end of the embargo in the newsroom's time zone. If the clocks skip this time, it is moved forward by the
    /// length of the gap. If they show it twice, the first occurrence is used.
    /// </summary>
    public DateTime? UntilLocal { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Prevents publication of an article before a time, or lifts the embargo. The end of an embargo publishes the article
/// only if it is released under embargo.
/// </summary>
public sealed class SetEmbargo(CmsDatabase database, NewsroomTime newsroom, TimeProvider clock)
{
    public Task<Result<Article>> Handle(SetEmbargoInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, article, _) => Task.FromResult(Set(article, input, actor)),
            cancellationToken
        );

    private Result<Article> Set(Article article, SetEmbargoInput input, Actor actor)
    {
        if (input is { Until: null, UntilLocal: null })
        {
            return article.SetEmbargo(until: null, actor.Contributor, clock.Now());
        }

        return newsroom
            .PlannedTime(input.Until, input.UntilLocal, "until", clock.Now())
            .Succeeded(out var until, out var refusals)
            ? article.SetEmbargo(until, actor.Contributor, clock.Now())
            : refusals.ToList();
    }
}
