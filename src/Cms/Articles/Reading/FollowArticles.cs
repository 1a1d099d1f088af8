using System.Runtime.CompilerServices;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

/// <summary>Streams changes to subscribers as they are committed, starting now or after a cursor.</summary>
public sealed class FollowArticles(
    ChangeFeed feed,
    PublicChanges changes,
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability
)
{
    /// <summary>Streams articles as they are published, for the first time or again after a withdrawal.</summary>
    /// <param name="where">
    /// Filters the articles. Slugs are looked up again when something new becomes public, and when one of the filter's
    /// terms is renamed or merged.
    /// </param>
    /// <param name="after">The cursor of the last change received; null to begin now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="RequestError">The cursor or the filter is invalid.</exception>
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
                isOutdated |= filter.HasUnknownSlugs || filter.Names(change.SubjectId.Value);
            }

            if (change.Kind is not ChangeKind.ArticlePublished || article is null)
            {
                continue;
            }

            // In the log, the terms that a story makes public come directly before the story.
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

    /// <summary>Streams the changes to one article.</summary>
    /// <inheritdoc cref="PublishedAsync" />
    /// <param name="id">The article. If it does not exist, the stream stays empty.</param>
    /// <param name="after">The cursor of the last change received; null to begin now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
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

    // Like all other reads, this fails if the database does not respond.
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
    /// <summary>Articles as they are published, for the first time or again after a withdrawal.</summary>
    /// <param name="where">
    /// Which articles to send. The slugs may belong to categories, tags, sources and tools that are not public yet.
    /// </param>
    /// <param name="after">
    /// The cursor of the last change that you received. The stream begins with the next change. If omitted, it begins
    /// now.
    /// </param>
    public static IAsyncEnumerable<ArticleUpserted> ArticlePublishedAsync(
        [Service] FollowArticles articles,
        Viewer viewer,
        ArticleFilterInput? where = null,
        string? after = null
    )
    {
        viewer.RefusePartner();
        return articles.PublishedAsync(where, after);
    }

    /// <summary>The public changes to one article: publication, update, correction and withdrawal.</summary>
    /// <param name="id">The article's id.</param>
    /// <param name="after">
    /// The cursor of the last change that you received. The stream begins with the next change. If omitted, it begins
    /// now.
    /// </param>
    public static IAsyncEnumerable<IChange> ArticleChangedAsync(
        ArticleId id,
        [Service] FollowArticles articles,
        Viewer viewer,
        string? after = null
    )
    {
        viewer.RefusePartner();
        return articles.ChangedAsync(id, after);
    }
}
