using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article, and the end of its embargo.</summary>
public sealed record SetEmbargoInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The article cannot be published before this time. Omit it to lift the embargo.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Prevents publication of an article before a time, or lifts the embargo. The end of an embargo does not publish the
/// article.
/// </summary>
public sealed class SetEmbargo(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(SetEmbargoInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, article, _) =>
                Task.FromResult(article.SetEmbargo(input.Until?.ToMilliseconds(), actor.Contributor, clock.Now())),
            cancellationToken
        );
}
