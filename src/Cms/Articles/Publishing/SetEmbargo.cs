using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>Which article to hold back, and until when.</summary>
public sealed record SetEmbargoInput
{
    /// <summary>The article.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>Nobody publishes it before this time; left out, the embargo is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The version the editor began from; null goes on from whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Keeps an article from being published before a time, or lifts that. It publishes nothing when the time comes.</summary>
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
