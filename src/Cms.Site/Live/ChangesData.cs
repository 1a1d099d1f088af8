using System.Text.Json.Serialization;
using Cms.Site.Bookmarks;

namespace Cms.Site.Live;

/// <summary>A page of the API's public change log.</summary>
public sealed record ChangesData(ChangesPage Changes);

/// <summary>The changes, and where the next page begins.</summary>
public sealed record ChangesPage(
    string Latest,
    string EndCursor,
    bool HasNextPage,
    [property: JsonPropertyName("nodes")] IReadOnlyList<ChangeData> Items
)
{
    /// <summary>The changes that open pages show.</summary>
    public IEnumerable<LiveEvent> Events => Items.Select(change => change.Event).OfType<LiveEvent>();
}

/// <summary>A change of the log. Only those of articles have more than a cursor and a time.</summary>
public sealed record ChangeData
{
    [JsonPropertyName("__typename")]
    public required string Type { get; init; }

    public required string Cursor { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public string? ArticleId { get; init; }

    /// <summary><c>PUBLISHED</c>, <c>CORRECTED</c> or <c>UPDATED</c>.</summary>
    public string? ChangeKind { get; init; }

    /// <summary>The article as it is now; null if it has been withdrawn since.</summary>
    public ArticleLink? Article { get; init; }

    /// <summary>The change as open pages receive it; null if it is not about an article that readers can see.</summary>
    [JsonIgnore]
    public LiveEvent? Event =>
        this switch
        {
            { Type: "ArticleRemoved", ArticleId: { } id } => new(Cursor, id, "withdrawn", null, null, OccurredAt),
            { Type: "ArticleUpserted", ArticleId: { } id, Article: { } article, ChangeKind: { } kind } => new(
                Cursor,
                id,
                kind.ToLowerInvariant(),
                article.Headline,
                "/articles/" + article.Slug,
                OccurredAt
            ),
            _ => null,
        };
}
