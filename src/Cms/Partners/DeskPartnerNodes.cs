using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Partners;

/// <summary>A company that republishes or indexes articles under an agreement.</summary>
[ObjectType<Partner>(
    Name = "DeskPartner",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Partner.Id),
        nameof(Partner.Name),
        nameof(Partner.Contacts),
        nameof(Partner.Notes),
        nameof(Partner.State),
        nameof(Partner.SuspendedBecause),
        nameof(Partner.CreatedAt),
        nameof(Partner.UpdatedAt),
        nameof(Partner.UpdatedBy),
        nameof(Partner.Version),
    ]
)]
public static class DeskPartnerNode
{
    /// <summary>
    /// The partner's applications in Entra ID: for each, the tenant id and the object id of its service principal,
    /// separated by a slash.
    /// </summary>
    [ListSize(2)]
    public static IDataLoaderResult<IEnumerable<string>> GetApplicationsAsync(
        [Parent] Partner partner,
        [Service] ApplicationsByPartner applications
    ) => applications.Load(partner.Id).Then(found => found.Select(application => application.Key.ToString()));

    /// <summary>The people at the partner who may use the portal for partners.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<PartnerPerson>> GetPeopleAsync(
        [Parent] Partner partner,
        [Service] PeopleByPartner people
    ) => people.Load(partner.Id);

    /// <summary>The newest version of the agreement; null if there is none.</summary>
    public static IDataLoaderResult<Agreement?> GetAgreementAsync(
        [Parent] Partner partner,
        [Service] CurrentAgreement agreements
    ) => agreements.Load(partner.Id);

    /// <summary>The versions of the agreement, newest first.</summary>
    /// <param name="first">The most versions: 1–100.</param>
    /// <param name="before">Only versions before this number. Default: all.</param>
    [ListSize(5)]
    public static IDataLoaderResult<List<Agreement>> GetAgreementsAsync(
        [Parent] Partner partner,
        [Service] AgreementsByPartner agreements,
        int first = 20,
        int? before = null
    ) => agreements.Load((partner.Id, Size(first), before));

    /// <summary>The partner's feed keys, newest first, including those that are revoked.</summary>
    /// <param name="first">The most keys: 1–100.</param>
    /// <param name="before">Only keys that are older than this one. Default: all.</param>
    /// <param name="isRevoked">Only keys that are revoked, or only those that are not. Default: all.</param>
    [ListSize(3)]
    public static IDataLoaderResult<List<FeedKey>> GetFeedKeysAsync(
        [Parent] Partner partner,
        [Service] FeedKeysByPartner keys,
        int first = 20,
        FeedKeyId? before = null,
        bool? isRevoked = null
    ) => keys.Load(new FeedKeyPage(partner.Id, Size(first), before, isRevoked));

    internal static int Size(int first) => PageArguments.Of(first).Size;
}

/// <summary>A person at a partner who may use the portal for partners.</summary>
[ObjectType<PartnerPerson>(Name = "DeskPartnerPerson", Bind = Bind.Explicit, Fields = [nameof(PartnerPerson.Name)])]
public static class DeskPartnerPersonNode
{
    /// <summary>The tenant id and the object id in Entra ID, separated by a slash.</summary>
    public static string GetKey([Parent] PartnerPerson person) => person.Key.ToString();
}

/// <summary>A version of a partner's agreement.</summary>
[ObjectType<Agreement>(
    Name = "DeskAgreement",
    Bind = Bind.Explicit,
    Fields = [nameof(Agreement.Number), nameof(Agreement.CreatedAt), nameof(Agreement.CreatedBy)]
)]
public static class DeskAgreementNode
{
    /// <summary>When the agreement begins.</summary>
    public static DateTimeOffset GetBeginsAt([Parent] Agreement agreement) => agreement.Terms.BeginsAt;

    /// <summary>When the agreement ends; null if it has no end.</summary>
    public static DateTimeOffset? GetEndsAt([Parent] Agreement agreement) => agreement.Terms.EndsAt;

    /// <summary>Only articles in one of these categories; empty for all.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Category>> GetCategoriesAsync(
        [Parent] Agreement agreement,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) =>
        categories
            .LoadMany(agreement.Terms.Categories, context.Asked<Category>())
            .Then(found => found.OfType<Category>().ToList());

    /// <summary>Only articles that have at least one of these tags; empty for all.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync(
        [Parent] Agreement agreement,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.LoadDistinct(agreement.Terms.Tags, context.Asked<Tag>());

    /// <summary>Only articles about at least one of these tools; empty for all.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<PublicTool>> GetToolsAsync(
        [Parent] Agreement agreement,
        [Service] ToolById tools,
        IResolveFieldContext context
    ) =>
        tools
            .LoadMany(agreement.Terms.Tools, context.Asked<PublicTool>())
            .Then(found => found.OfType<PublicTool>().ToList());

    /// <summary>Only articles in one of these languages (BCP 47); empty for all.</summary>
    [ListSize(3)]
    public static IReadOnlyList<string> GetLanguages([Parent] Agreement agreement) => agreement.Terms.Languages;

    /// <summary>No article that has one of these tags.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetExcludedTagsAsync(
        [Parent] Agreement agreement,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.LoadDistinct(agreement.Terms.ExcludedTags, context.Asked<Tag>());

    /// <summary>How much of the text the partner receives.</summary>
    public static SyndicatedText GetText([Parent] Agreement agreement) => agreement.Terms.Text;

    /// <summary>The number of words that summaries are cut to; null for the whole summary.</summary>
    public static int? GetSummaryWords([Parent] Agreement agreement) => agreement.Terms.SummaryWords;

    /// <summary>Whether the partner receives the panel's takes.</summary>
    public static bool GetHasTakes([Parent] Agreement agreement) => agreement.Terms.HasTakes;

    /// <summary>Only takes of these personas; empty for all.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<PublicPersona>> GetPersonasAsync(
        [Parent] Agreement agreement,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) =>
        personas
            .LoadMany(agreement.Terms.Personas, context.Asked<PublicPersona>())
            .Then(found => found.OfType<PublicPersona>().ToList());

    /// <summary>Which images the partner receives.</summary>
    public static SyndicatedImages GetImages([Parent] Agreement agreement) => agreement.Terms.Images;

    /// <summary>The countries in which the partner may publish (ISO 3166-1 alpha-2); empty for all.</summary>
    [ListSize(10)]
    public static IReadOnlyList<string> GetTerritories([Parent] Agreement agreement) => agreement.Terms.Territories;

    /// <summary>Whether each copy must name the article's page on the newsroom's site as canonical.</summary>
    public static bool GetRequiresCanonicalLink([Parent] Agreement agreement) => agreement.Terms.RequiresCanonicalLink;

    /// <summary>
    /// The attribution that each copy must show. It can contain {author}, {headline}, {newsroom} and {url}.
    /// </summary>
    public static string GetAttribution([Parent] Agreement agreement) => agreement.Terms.Attribution;

    /// <summary>Whether the partner may train AI models on the texts.</summary>
    public static bool GetAllowsAiTraining([Parent] Agreement agreement) => agreement.Terms.AllowsAiTraining;

    /// <summary>Whether the partner may show AI summaries of the texts.</summary>
    public static bool GetAllowsAiSummaries([Parent] Agreement agreement) => agreement.Terms.AllowsAiSummaries;

    /// <summary>
    /// How many minutes before the end of an embargo the partner sees an article that is released under embargo; 0 if it sees it
    /// when readers do.
    /// </summary>
    public static int GetEmbargoLead([Parent] Agreement agreement) => agreement.Terms.EmbargoLead;

    /// <summary>The most requests in a minute; null for no limit of its own.</summary>
    public static int? GetRequestsPerMinute([Parent] Agreement agreement) => agreement.Terms.RequestsPerMinute;

    /// <summary>
    /// The most requests in a calendar month (UTC) that are answered with content; null for no limit. Answers that say
    /// that nothing has changed do not count.
    /// </summary>
    public static int? GetMonthlyQuota([Parent] Agreement agreement) => agreement.Terms.MonthlyQuota;

    /// <summary>When the partner accepted this version, and who did; null if it has not.</summary>
    public static IDataLoaderResult<AgreementAcceptance?> GetAcceptanceAsync(
        [Parent] Agreement agreement,
        [Service] AcceptancesByPartner acceptances
    ) =>
        acceptances
            .Load(agreement.PartnerId)
            .Then(found => found.Find(accepted => accepted.Number == agreement.Number));
}

/// <summary>A secret with which a partner's programs read its feeds.</summary>
[ObjectType<FeedKey>(
    Name = "DeskFeedKey",
    Bind = Bind.Explicit,
    Fields = [
        nameof(FeedKey.Id),
        nameof(FeedKey.Ending),
        nameof(FeedKey.CreatedAt),
        nameof(FeedKey.CreatedBy),
        nameof(FeedKey.RevokedAt),
        nameof(FeedKey.RevokedBy),
        nameof(FeedKey.LastUsedOn),
    ]
)]
public static class DeskFeedKeyNode
{
    /// <summary>The key. Only the mutation that created it returns it; null otherwise.</summary>
    public static string? GetKey([Parent] FeedKey key) => key.Secret;
}
