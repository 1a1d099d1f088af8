using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Articles.Reading;
using Cms.Articles.Timeline;
using Cms.GraphQL;
using Cms.Partners.Deliveries;
using Cms.Partners.Takedowns.Receipts;
using Cms.People;
using GraphQL.DataLoader;

namespace Cms.Partners.Takedowns;

/// <summary>A withdrawal that each partner has to confirm that received the article.</summary>
[ObjectType<Takedown>(
    Name = "DeskTakedown",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Takedown.Id),
        nameof(Takedown.Kind),
        nameof(Takedown.Reason),
        nameof(Takedown.WithdrawnAt),
        nameof(Takedown.WithdrawnBy),
        nameof(Takedown.AcknowledgeBy),
        nameof(Takedown.EscalatedAt),
    ]
)]
public static class TakedownNode
{
    /// <summary>The withdrawn article.</summary>
    public static IDataLoaderResult<Article?> GetArticleAsync(
        [Parent] Takedown takedown,
        [Service] DeskArticleById articles
    ) => articles.Load(takedown.ArticleId);

    /// <summary>The number of partners that received the article before it was withdrawn.</summary>
    public static IDataLoaderResult<int> GetPartnerCountAsync(
        [Parent] Takedown takedown,
        [Service] CountsOfTakedown counts
    ) => counts.Load(takedown.Id).Then(count => count.Partners);

    /// <summary>The number of these partners that have not confirmed the takedown.</summary>
    public static IDataLoaderResult<int> GetOwingCountAsync(
        [Parent] Takedown takedown,
        [Service] CountsOfTakedown counts
    ) => counts.Load(takedown.Id).Then(count => count.Partners - count.Acknowledged);

    /// <summary>The partners that received the article before it was withdrawn, in order of name.</summary>
    /// <param name="isAcknowledged">Whether to list only those that have confirmed it, or have not; null for all.</param>
    public static IDataLoaderResult<Connection<TakedownPartner>> GetPartnersAsync(
        [Parent] Takedown takedown,
        PageArguments page,
        [Service] PartnersOfTakedown partners,
        bool? isAcknowledged = null
    ) => partners.Load((takedown.Id, isAcknowledged, page));

    /// <summary>
    /// A signed receipt: which partner received which editions and when, and when it confirmed the takedown. It shows the
    /// state of now.
    /// </summary>
    [Cost(20)]
    public static IDataLoaderResult<TakedownReceipt> GetReceiptAsync(
        [Parent] Takedown takedown,
        [Service] ReceiptOfTakedown receipts
    ) => receipts.Load(takedown.Id);
}

/// <summary>A partner that received an article before it was withdrawn.</summary>
/// <param name="PartnerId">The id of the partner.</param>
/// <param name="Name">The name of the partner.</param>
/// <param name="FirstEdition">
/// The number of the first edition that it received. Editions that were released under embargo have negative numbers.
/// </param>
/// <param name="FirstAt">When it received that edition first.</param>
/// <param name="Channel">How it received that edition first.</param>
/// <param name="LastEdition">The number of the edition that it received last.</param>
/// <param name="LastAt">When it received that edition last. The time can be a minute old.</param>
/// <param name="AcknowledgedAt">When it confirmed the takedown; null if it has not.</param>
/// <param name="AcknowledgedVia">How it confirmed the takedown; null if it has not.</param>
/// <param name="AcknowledgedBy">The key, application, webhook or person that confirmed it; null if none has.</param>
public sealed record TakedownPartner(
    PartnerId PartnerId,
    string Name,
    int FirstEdition,
    DateTimeOffset FirstAt,
    DeliveryChannel Channel,
    int LastEdition,
    DateTimeOffset LastAt,
    DateTimeOffset? AcknowledgedAt,
    AcknowledgementChannel? AcknowledgedVia,
    string? AcknowledgedBy
);

[ObjectType<TakedownPartner>(Name = "DeskTakedownPartner")]
public static class TakedownPartnerNode;

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class TakedownOfArticleNode
{
    /// <summary>
    /// The takedown that partners have to confirm; null if the article is not withdrawn, or if they need not confirm it.
    /// </summary>
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Takedown?> GetTakedownAsync(
        [Parent(nameof(Article.Status))] Article article,
        [Service] TakedownByArticle takedowns
    ) => article.Status is ArticleStatus.Withdrawn ? takedowns.Load(article.Id) : LoaderResults.Ready<Takedown?>(null);
}

[ObjectType<ArticleRemoved>]
public static class TakedownOfRemovedNode
{
    /// <summary>
    /// The id with which you confirm the withdrawal by `acknowledgeTakedown`; null if you need not, and for readers.
    /// </summary>
    public static IDataLoaderResult<EditionId?> GetTakedownIdAsync(
        [Parent] ArticleRemoved change,
        Viewer viewer,
        [Service] TombstoneById tombstones
    ) =>
        viewer.Entitlement is null
            ? LoaderResults.Ready<EditionId?>(null)
            : tombstones
                .Load(change.Tombstone, ColumnSet.All)
                .Then(tombstone =>
                    tombstone is { Kind: not WithdrawalKind.Normal } or { AcknowledgeBy: not null }
                        ? tombstone.Id
                        : (EditionId?)null
                );
}

[ObjectType<DeskInboxItem>]
public static class TakedownOfInboxItemNode
{
    /// <summary>The takedown that partners have not confirmed in time; null if the item is not about one.</summary>
    public static IDataLoaderResult<Takedown?> GetTakedownAsync(
        [Parent] DeskInboxItem item,
        [Service] TakedownById takedowns
    ) => item.TakedownId is { } id ? takedowns.Load(id) : LoaderResults.Ready<Takedown?>(null);
}
