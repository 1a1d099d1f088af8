using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Partners;

[ObjectType<OwnAgreement>(Name = "Agreement")]
public static class OwnAgreementNode
{
    /// <summary>
    /// An opaque value that is different whenever what you receive can be different: after public changes, a new version
    /// of the agreement and a change of your name. Compare it before you read everything again.
    /// </summary>
    public static Task<string> GetContentVersionAsync(
        [Parent] OwnAgreement agreement,
        [Service] ReadContentVersion version,
        CancellationToken cancellationToken
    ) => version.Handle(agreement, cancellationToken);

    /// <summary>When the agreement began.</summary>
    public static DateTimeOffset GetBeginsAt([Parent] OwnAgreement agreement) => agreement.Terms.BeginsAt;

    /// <summary>When the agreement ends; null if it has no end.</summary>
    public static DateTimeOffset? GetEndsAt([Parent] OwnAgreement agreement) => agreement.Terms.EndsAt;

    /// <summary>You receive only articles in one of these categories; empty for all.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Category>> GetCategoriesAsync(
        [Parent] OwnAgreement agreement,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) =>
        categories
            .LoadMany(agreement.Terms.Categories, context.Asked<Category>())
            .Then(found => found.OfType<Category>().Where(Visibility.IsPublic).ToList());

    /// <summary>You receive only articles that have at least one of these tags; empty for all.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync(
        [Parent] OwnAgreement agreement,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => Public(tags.LoadDistinct(agreement.Terms.Tags, context.Asked<Tag>()));

    /// <summary>You receive no article that has one of these tags.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetExcludedTagsAsync(
        [Parent] OwnAgreement agreement,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => Public(tags.LoadDistinct(agreement.Terms.ExcludedTags, context.Asked<Tag>()));

    /// <summary>You receive only articles about at least one of these tools; empty for all.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<PublicTool>> GetToolsAsync(
        [Parent] OwnAgreement agreement,
        [Service] ToolById tools,
        IResolveFieldContext context
    ) =>
        tools
            .LoadMany(agreement.Terms.Tools, context.Asked<PublicTool>())
            .Then(found => found.OfType<PublicTool>().Where(Visibility.IsPublic).ToList());

    /// <summary>You receive only articles in one of these languages (BCP 47); empty for all. `en` includes `en-GB`.</summary>
    [ListSize(3)]
    public static IReadOnlyList<string> GetLanguages([Parent] OwnAgreement agreement) => agreement.Terms.Languages;

    /// <summary>How much of the text you receive.</summary>
    public static SyndicatedText GetText([Parent] OwnAgreement agreement) => agreement.Terms.Text;

    /// <summary>The number of words that summaries are cut to; null for whole summaries.</summary>
    public static int? GetSummaryWords([Parent] OwnAgreement agreement) => agreement.Terms.SummaryWords;

    /// <summary>Whether you receive the panel's takes.</summary>
    public static bool GetHasTakes([Parent] OwnAgreement agreement) => agreement.Terms.HasTakes;

    /// <summary>If you receive takes, only those of these personas; empty for all.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<PublicPersona>> GetPersonasAsync(
        [Parent] OwnAgreement agreement,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) =>
        personas
            .LoadMany(agreement.Terms.Personas, context.Asked<PublicPersona>())
            .Then(found => found.OfType<PublicPersona>().ToList());

    /// <summary>Which images you receive.</summary>
    public static SyndicatedImages GetImages([Parent] OwnAgreement agreement) => agreement.Terms.Images;

    /// <summary>The countries in which you may publish (ISO 3166-1 alpha-2); empty for all.</summary>
    [ListSize(10)]
    public static IReadOnlyList<string> GetTerritories([Parent] OwnAgreement agreement) => agreement.Terms.Territories;

    /// <summary>Whether each copy must name the article's page on the newsroom's site as canonical.</summary>
    public static bool GetRequiresCanonicalLink([Parent] OwnAgreement agreement) =>
        agreement.Terms.RequiresCanonicalLink;

    /// <summary>
    /// The attribution that each copy must show. Replace {author}, {headline}, {newsroom} and {url} with those of the
    /// article.
    /// </summary>
    public static string GetAttribution([Parent] OwnAgreement agreement) => agreement.Terms.Attribution;

    /// <summary>Whether you may train AI models on the texts.</summary>
    public static bool GetAllowsAiTraining([Parent] OwnAgreement agreement) => agreement.Terms.AllowsAiTraining;

    /// <summary>Whether you may show AI summaries of the texts.</summary>
    public static bool GetAllowsAiSummaries([Parent] OwnAgreement agreement) => agreement.Terms.AllowsAiSummaries;

    /// <summary>
    /// How many minutes before the end of an embargo you see an article that is released under embargo; 0 if you see it
    /// when readers do.
    /// </summary>
    public static int GetEmbargoLead([Parent] OwnAgreement agreement) => agreement.Terms.EmbargoLead;

    /// <summary>The most requests in a minute; null for no limit of its own.</summary>
    public static int? GetRequestsPerMinute([Parent] OwnAgreement agreement) => agreement.Terms.RequestsPerMinute;

    /// <summary>
    /// The most requests in a calendar month (UTC) that are answered with content; null for no limit. Answers that say
    /// that nothing has changed do not count.
    /// </summary>
    public static int? GetMonthlyQuota([Parent] OwnAgreement agreement) => agreement.Terms.MonthlyQuota;

    /// <summary>When you accepted this version, and who did; null if you have not. Use `acceptAgreement`.</summary>
    public static IDataLoaderResult<AgreementAcceptance?> GetAcceptanceAsync(
        [Parent] OwnAgreement agreement,
        Viewer viewer,
        [Service] AcceptancesByPartner acceptances
    ) =>
        acceptances
            .Load(viewer.ActsFor!.Value)
            .Then(found => found.Find(accepted => accepted.Number == agreement.Number));

    // A term that no published article has is not public yet.
    private static IDataLoaderResult<List<Tag>> Public(IDataLoaderResult<List<Tag>> tags) =>
        tags.Then(found => found.Where(Visibility.IsPublic).ToList());
}
