using System.Globalization;
using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Partners;

/// <summary>A person at a partner, whom the newsroom can write to.</summary>
public sealed record PartnerContactInput
{
    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>The person's email address.</summary>
    public required string Email { get; init; }
}

/// <summary>A person at a partner who may use the portal for partners.</summary>
public sealed record PartnerPersonInput
{
    /// <summary>The person's name, for the newsroom.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The tenant id and the object id of the person in Entra ID, separated by a slash, as the portal shows them to the
    /// person.
    /// </summary>
    public required string Key { get; init; }
}

/// <summary>The fields of a partner. Omitted fields keep their values.</summary>
public abstract record PartnerWords : MutationInput
{
    /// <summary>Whom to write to, in the order in which to show them.</summary>
    public Optional<IReadOnlyList<PartnerContactInput>?> Contacts { get; init; }

    /// <summary>
    /// The partner's applications in Entra ID: for each, the tenant id and the object id of its service principal,
    /// separated by a slash, as <c>viewer { subject }</c> returns them to the application.
    /// </summary>
    public Optional<IReadOnlyList<string>?> Applications { get; init; }

    /// <summary>
    /// The people who may use the portal for partners. They also need the role Partner.Contact in Entra ID. A person acts
    /// for one partner.
    /// </summary>
    public Optional<IReadOnlyList<PartnerPersonInput>?> People { get; init; }

    /// <summary>Notes for the newsroom. The partner never sees them.</summary>
    public Optional<string?> Notes { get; init; }

    /// <summary>Returns an error for each application that is malformed.</summary>
    private protected List<UserError> Malformed() =>
        [
            .. (Applications.Value ?? [])
                .Index()
                .Where(at => !PersonKey.TryParse(at.Item, out _))
                .Select(at => new ApplicationMalformed
                {
                    Path = ["applications", at.Index.ToString(CultureInfo.InvariantCulture)],
                }),
        ];

    /// <summary>Returns the fields with those that were sent; null clears a field.</summary>
    private protected PartnerFields Apply(PartnerFields fields) =>
        fields with
        {
            Contacts = Contacts.HasValue
                ?
                [
                    .. (Contacts.Value ?? []).Select(contact => new PartnerContact
                    {
                        Name = contact.Name.Trim(),
                        Email = contact.Email.Trim(),
                    }),
                ]
                : fields.Contacts,
            Applications = Applications.HasValue
                ? [.. (Applications.Value ?? []).Select(text => PersonKey.TryParse(text, out var key) ? key : default)]
                : fields.Applications,
            People = People.HasValue
                ?
                [
                    .. (People.Value ?? []).Select(person => new PartnerMember
                    {
                        Name = PlainLine.Of(person.Name),
                        Key = PersonKey.TryParse(person.Key, out var key) ? key : default,
                    }),
                ]
                : fields.People,
            Notes = Notes.Or(fields.Notes),
        };
}

/// <summary>The partner to add.</summary>
[GraphQLName("CreatePartnerInput")]
public sealed record NewPartner : PartnerWords
{
    /// <summary>The partner's name.</summary>
    public required string Name { get; init; }

    internal Result<CreatePartnerInput> ToInput() =>
        Malformed() is [_, ..] malformed
            ? malformed
            : new CreatePartnerInput { Fields = Apply(new PartnerFields { Name = Name }) };
}

/// <summary>The changes to a partner. Omitted fields keep their values; null clears a field.</summary>
[GraphQLName("EditPartnerInput")]
public sealed record EditedPartner : PartnerWords
{
    /// <summary>The partner's id.</summary>
    public required PartnerId Id { get; init; }

    /// <summary>The partner's name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal Result<EditPartnerInput> ToInput() =>
        Malformed() is [_, ..] malformed
            ? malformed
            : new EditPartnerInput
            {
                Id = Id,
                Edit = fields => Apply(fields with { Name = Name.Or(fields.Name) ?? "" }),
                ExpectedVersion = ExpectedVersion,
            };
}

/// <summary>
/// The next version of a partner's agreement. Omitted fields keep the values of the version before; null clears a field
/// or restores its default.
/// </summary>
[GraphQLName("SaveAgreementInput")]
public sealed record SavedAgreement : MutationInput
{
    /// <summary>The partner's id.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>
    /// The number of the version that the admin last read: 0 if there was none. Null skips the check for a newer version.
    /// </summary>
    public int? ExpectedNumber { get; init; }

    /// <summary>When the agreement begins. The first version begins now by default.</summary>
    public Optional<DateTimeOffset?> BeginsAt { get; init; }

    /// <summary>When the agreement ends; null if it has no end.</summary>
    public Optional<DateTimeOffset?> EndsAt { get; init; }

    /// <summary>Only articles in one of these categories. An empty list means all articles.</summary>
    public Optional<IReadOnlyList<CategoryId>?> Categories { get; init; }

    /// <summary>Only articles that have at least one of these tags. An empty list means all articles.</summary>
    public Optional<IReadOnlyList<TagId>?> Tags { get; init; }

    /// <summary>Only articles about at least one of these tools. An empty list means all articles.</summary>
    public Optional<IReadOnlyList<ToolId>?> Tools { get; init; }

    /// <summary>Only articles in one of these languages (BCP 47). An empty list means all articles.</summary>
    public Optional<IReadOnlyList<string>?> Languages { get; init; }

    /// <summary>No article that has one of these tags.</summary>
    public Optional<IReadOnlyList<TagId>?> ExcludedTags { get; init; }

    /// <summary>How much of the text the partner receives. Default FULL.</summary>
    public Optional<SyndicatedText?> Text { get; init; }

    /// <summary>The number of words that summaries are cut to, 1–500; null for the whole summary.</summary>
    public Optional<int?> SummaryWords { get; init; }

    /// <summary>Whether the partner receives the panel's takes. Default false.</summary>
    public Optional<bool?> HasTakes { get; init; }

    /// <summary>Only takes of these personas. An empty list means all takes.</summary>
    public Optional<IReadOnlyList<PersonaId>?> Personas { get; init; }

    /// <summary>Which images the partner receives. Default NONE.</summary>
    public Optional<SyndicatedImages?> Images { get; init; }

    /// <summary>
    /// The countries in which the partner may publish (ISO 3166-1 alpha-2). An empty list means all countries.
    /// </summary>
    public Optional<IReadOnlyList<string>?> Territories { get; init; }

    /// <summary>Whether each copy must name the article's page on the newsroom's site as canonical. Default true.</summary>
    public Optional<bool?> RequiresCanonicalLink { get; init; }

    /// <summary>
    /// The attribution that each copy must show. It can contain {author}, {headline}, {newsroom} and {url}. Default
    /// <c>{author} for {newsroom}: {url}</c>.
    /// </summary>
    public Optional<string?> Attribution { get; init; }

    /// <summary>Whether the partner may train AI models on the texts. Default false.</summary>
    public Optional<bool?> AllowsAiTraining { get; init; }

    /// <summary>Whether the partner may show AI summaries of the texts. Default false.</summary>
    public Optional<bool?> AllowsAiSummaries { get; init; }

    /// <summary>
    /// How many minutes before the end of an embargo the partner sees an article that is released under embargo,
    /// 0–43,200 (30 days). Default 0: the partner sees it when readers do.
    /// </summary>
    public Optional<int?> EmbargoLead { get; init; }

    /// <summary>The most requests in a minute, 1–100,000; null for no limit of its own.</summary>
    public Optional<int?> RequestsPerMinute { get; init; }

    /// <summary>
    /// The most requests in a calendar month (UTC) that are answered with content, 1–1,000,000,000; null for no limit.
    /// Answers that say that nothing has changed do not count.
    /// </summary>
    public Optional<int?> MonthlyQuota { get; init; }

    internal SaveAgreementInput ToInput(DateTimeOffset now) =>
        new()
        {
            Partner = Partner,
            ExpectedNumber = ExpectedNumber,
            Edit = terms => Apply(terms ?? new AgreementTerms { BeginsAt = now }, now),
        };

    private AgreementTerms Apply(AgreementTerms terms, DateTimeOffset now) =>
        terms with
        {
            BeginsAt = (BeginsAt.Or(terms.BeginsAt) ?? now).ToMilliseconds(),
            EndsAt = EndsAt.Or(terms.EndsAt)?.ToMilliseconds(),
            Categories = Categories.Or(terms.Categories) ?? [],
            Tags = Tags.Or(terms.Tags) ?? [],
            Tools = Tools.Or(terms.Tools) ?? [],
            Languages = Distinct(Languages.Or(terms.Languages)),
            ExcludedTags = ExcludedTags.Or(terms.ExcludedTags) ?? [],
            Text = Text.Or(terms.Text) ?? SyndicatedText.Full,
            SummaryWords = SummaryWords.Or(terms.SummaryWords),
            HasTakes = HasTakes.Or(terms.HasTakes) ?? false,
            Personas = Personas.Or(terms.Personas) ?? [],
            Images = Images.Or(terms.Images) ?? SyndicatedImages.None,
            Territories = Distinct(Territories.Or(terms.Territories)),
            RequiresCanonicalLink = RequiresCanonicalLink.Or(terms.RequiresCanonicalLink) ?? true,
            Attribution = Attribution.Or(terms.Attribution) ?? AgreementTerms.DefaultAttribution,
            AllowsAiTraining = AllowsAiTraining.Or(terms.AllowsAiTraining) ?? false,
            AllowsAiSummaries = AllowsAiSummaries.Or(terms.AllowsAiSummaries) ?? false,
            EmbargoLead = EmbargoLead.Or(terms.EmbargoLead) ?? 0,
            RequestsPerMinute = RequestsPerMinute.Or(terms.RequestsPerMinute),
            MonthlyQuota = MonthlyQuota.Or(terms.MonthlyQuota),
        };

    private static List<string> Distinct(IReadOnlyList<string>? words) =>
        [.. (words ?? []).Distinct(StringComparer.Ordinal)];
}

[MutationType]
public static class PartnerMutations
{
    /// <summary>Adds a partner. It receives nothing before it has an agreement.</summary>
    [Authorize(Policies.Admin)]
    [Payload("partner")]
    [Errors<PartnerNameRequired, PartnerNameTaken, PartnerTextTooLong, TooManyForPartner, ContactMalformed>]
    [Errors<ApplicationMalformed, ApplicationTaken, PersonMalformed, PersonTaken>]
    public static async Task<Result<Partner>> CreatePartnerAsync(
        NewPartner input,
        Viewer viewer,
        [Service] CreatePartner operation,
        CancellationToken cancellationToken
    ) =>
        input.ToInput().Succeeded(out var created, out var errors)
            ? await operation.Handle(created, viewer.ToActor(), cancellationToken)
            : errors.ToList();

    /// <summary>Changes a partner's name, contacts, applications, people or notes.</summary>
    [Authorize(Policies.Admin)]
    [Payload("partner")]
    [Errors<PartnerNotFound, VersionConflict>]
    [Errors<PartnerNameRequired, PartnerNameTaken, PartnerTextTooLong, TooManyForPartner, ContactMalformed>]
    [Errors<ApplicationMalformed, ApplicationTaken, PersonMalformed, PersonTaken>]
    public static async Task<Result<Partner>> EditPartnerAsync(
        EditedPartner input,
        Viewer viewer,
        [Service] EditPartner operation,
        CancellationToken cancellationToken
    ) =>
        input.ToInput().Succeeded(out var edited, out var errors)
            ? await operation.Handle(edited, viewer.ToActor(), cancellationToken)
            : errors.ToList();

    /// <summary>
    /// Suspends a partner: from then on, it receives nothing by any way until it is resumed. Suspending again replaces the
    /// reason.
    /// </summary>
    [Authorize(Policies.Admin)]
    [Payload("partner")]
    [Errors<PartnerNotFound, VersionConflict, SuspensionReasonRequired, PartnerTextTooLong>]
    public static Task<Result<Partner>> SuspendPartnerAsync(
        SuspendPartnerInput input,
        Viewer viewer,
        [Service] SuspendPartner operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Resumes a suspended partner: it receives what its agreement allows again.</summary>
    [Authorize(Policies.Admin)]
    [Payload("partner")]
    [Errors<PartnerNotFound, VersionConflict>]
    public static Task<Result<Partner>> ResumePartnerAsync(
        ResumePartnerInput input,
        Viewer viewer,
        [Service] ResumePartner operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Saves the next version of a partner's agreement, which replaces the version before at once. All versions are kept.
    /// </summary>
    [Authorize(Policies.Admin)]
    [Payload("partner")]
    [Errors<PartnerNotFound, AgreementChanged, AgreementEndsBeforeItBegins, PartnerTextTooLong, TooManyForPartner>]
    [Errors<CategoryNotFound, TagNotFound, ToolNotFound, PersonaNotFound, TagAlsoExcluded>]
    [Errors<LanguageMalformed, TerritoryUnknown, NumberOutOfRange, PlaceholderUnknown>]
    public static Task<Result<Partner>> SaveAgreementAsync(
        SavedAgreement input,
        Viewer viewer,
        [Service] SaveAgreement operation,
        [Service] TimeProvider clock,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(clock.Now()), viewer.ToActor(), cancellationToken);

    /// <summary>
    /// For partners: accepts the version of your agreement that is in force, which `agreement { number }` returns. The
    /// newsroom sees who accepted it and when.
    /// </summary>
    [Authorize(Policies.Partner)]
    [Payload("acceptance")]
    [Errors<AgreementNotInForce>]
    public static Task<Result<AgreementAcceptance>> AcceptAgreementAsync(
        AcceptAgreementInput input,
        Viewer viewer,
        [Service] AcceptAgreement operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer, cancellationToken);

    /// <summary>
    /// Creates a feed key. A partner can have two that work, so that it can change to a new key without a gap. The key is
    /// returned only once.
    /// </summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("feedKey")]
    [Errors<PartnerNotFound, TooManyFeedKeys>]
    public static Task<Result<FeedKey>> CreateFeedKeyAsync(
        CreateFeedKeyInput input,
        Viewer viewer,
        [Service] CreateFeedKey operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Revokes a feed key. Requests with it are refused from then on.</summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("feedKey")]
    [Errors<FeedKeyNotFound>]
    public static Task<Result<FeedKey>> RevokeFeedKeyAsync(
        RevokeFeedKeyInput input,
        Viewer viewer,
        [Service] RevokeFeedKey operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
