using System.Runtime.CompilerServices;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

/// <summary>Changes as they are committed, for whoever subscribes: from now on, or from where they were.</summary>
public sealed class FollowArticles(
    ChangeFeed feed,
    PublicChanges changes,
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability
)
{
    /// <summary>Articles that come before readers.</summary>
    /// <param name="where">Which; slugs that name nothing yet are looked up again when something new becomes public.</param>
    /// <param name="after">The cursor of the last change seen; null for now.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="RequestError">The cursor or the filter cannot be used.</exception>
    public async IAsyncEnumerable<ArticleUpserted> PublishedAsync(
        ArticleFilterInput? where,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var (from, filter) = await ReadAsync(
            async (db, token) =>
                (
                    await StartCursorAsync(db, after, token),
                    await ArticleFilter.CreateAsync(db, where, new ReadTracker(), token)
                ),
            cancellationToken
        );

        var isOutdated = false;
        await foreach (var (change, _, article) in feed.FollowAsync(from.Seq, cancellationToken))
        {
            if (change.Kind.Subject is not (ChangeSubject.Article or ChangeSubject.Media))
            {
                isOutdated |= filter.HasUnknownSlugs;
            }

            if (change.Kind is not ChangeKind.ArticlePublished || article is null)
            {
                continue;
            }

            // The terms that a story brings with it come right before it in the log.
            if (isOutdated)
            {
                filter = await ReadAsync(
                    (db, token) => ArticleFilter.CreateAsync(db, where, new ReadTracker(), token),
                    cancellationToken
                );
                isOutdated = false;
            }

            if (filter.Passes(article))
            {
                yield return (ArticleUpserted)changes.Of(change, from.Epoch);
            }
        }
    }

    /// <summary>What happens to one article.</summary>
    /// <inheritdoc cref="PublishedAsync" />
    /// <param name="id">Which article; one that does not exist never changes.</param>
    /// <param name="after">The cursor of the last change seen; null for now.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    public async IAsyncEnumerable<IChange> ChangedAsync(
        ArticleId id,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var from = await ReadAsync((db, token) => StartCursorAsync(db, after, token), cancellationToken);

        await foreach (var (change, _, _) in feed.FollowAsync(from.Seq, cancellationToken))
        {
            if (change.Kind.Subject is ChangeSubject.Article && change.SubjectId.Value == id.Value)
            {
                yield return changes.Of(change, from.Epoch);
            }
        }
    }

    // Not waited for longer than any other read.
    private Task<T> ReadAsync<T>(
        Func<CmsDbContext, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    ) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                return await read(db, token);
            },
            cancellationToken
        );

    private static async Task<ChangeCursor> StartCursorAsync(
        CmsDbContext db,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var end = await ListChanges.EndAsync(db, cancellationToken);
        return after is null ? end : end with { Seq = ChangeCursor.Read(after, end) };
    }
}

[SubscriptionType]
public static class ArticleSubscriptions
{
    /// <summary>Articles as they come before readers, each as soon as it is published.</summary>
    /// <param name="where">Which articles; a slug may name something that is not public yet.</param>
    /// <param name="after">The cursor of the last change you have seen: what came since is sent first. Without it, from now on.</param>
    public static IAsyncEnumerable<ArticleUpserted> ArticlePublishedAsync(
        [Service] FollowArticles articles,
        ArticleFilterInput? where = null,
        string? after = null
    ) => articles.PublishedAsync(where, after);

    /// <summary>What happens to one article before readers: it changes, is withdrawn, or comes back.</summary>
    /// <param name="id">The article's id.</param>
    /// <param name="after">The cursor of the last change you have seen: what came since is sent first. Without it, from now on.</param>
    public static IAsyncEnumerable<IChange> ArticleChangedAsync(
        ArticleId id,
        [Service] FollowArticles articles,
        string? after = null
    ) => articles.ChangedAsync(id, after);
}
