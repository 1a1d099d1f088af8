using System.Globalization;
using Cms.Studio.Api;
using Cms.Studio.Layout;

namespace Cms.Studio.Partners;

/// <summary>The agreement of a partner, and what it can name.</summary>
public sealed record AgreementData(AgreementDesk? Desk, AgreementPersonas? Personas);

/// <summary>The partner; null if there is none.</summary>
public sealed record AgreementDesk(AgreementPartner? Partner, AgreementTermList? Categories, AgreementTools? Tools);

/// <summary>The partner whose agreement it is.</summary>
public sealed record AgreementPartner(string Id, string Name, AgreementItem? Agreement);

/// <summary>The categories.</summary>
public sealed record AgreementTermList(IReadOnlyList<NamedKey> Nodes);

/// <summary>The tools.</summary>
public sealed record AgreementTools(IReadOnlyList<NamedKey> Nodes, MorePages PageInfo);

/// <summary>The personas.</summary>
public sealed record AgreementPersonas(IReadOnlyList<NamedKey> Nodes);

/// <summary>Whether a list is longer than what was read.</summary>
public sealed record MorePages(bool HasNextPage);

/// <summary>How much of the text of an article a partner receives.</summary>
public enum SyndicatedText
{
    Full,
    Summary,
}

/// <summary>Which images a partner receives.</summary>
public enum SyndicatedImages
{
    None,
    Cleared,
    Credited,
}

/// <summary>A version of an agreement.</summary>
public sealed record AgreementItem(
    int Number,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset BeginsAt,
    DateTimeOffset? EndsAt,
    IReadOnlyList<NamedKey> Categories,
    IReadOnlyList<NamedKey> Tags,
    IReadOnlyList<NamedKey> Tools,
    IReadOnlyList<string> Languages,
    IReadOnlyList<NamedKey> ExcludedTags,
    SyndicatedText Text,
    int? SummaryWords,
    bool HasTakes,
    IReadOnlyList<NamedKey> Personas,
    SyndicatedImages Images,
    IReadOnlyList<string> Territories,
    bool RequiresCanonicalLink,
    string Attribution,
    bool AllowsAiTraining,
    bool AllowsAiSummaries,
    int EmbargoLead,
    int? RequestsPerMinute,
    int? MonthlyQuota,
    AcceptanceItem? Acceptance
)
{
    /// <summary>Which articles the partner receives, in words.</summary>
    public string Articles => ArticlesIn(Categories, Tags, Tools, Languages, ExcludedTags);

    /// <summary>What of each article the partner receives, in words.</summary>
    public string Content
    {
        get
        {
            List<string> parts =
            [
                Text is SyndicatedText.Full ? "Full text" : "Headline and summary",
                .. SummaryWords is { } words
                    ? [$"at most {PartnerWords.Number(words)} words of the summary"]
                    : Array.Empty<string>(),
                !HasTakes ? "no takes"
                : Personas is [] ? "all takes"
                : $"takes of {string.Join(" and ", Personas.Select(persona => persona.Name))}",
                Images switch
                {
                    SyndicatedImages.None => "no images",
                    SyndicatedImages.Cleared => "images whose rights allow it",
                    _ => "all images with their credit",
                },
            ];
            return string.Join(", ", parts);
        }
    }

    /// <summary>When the partner sees articles under embargo, in words.</summary>
    public string Embargo =>
        EmbargoLead == 0
            ? "Sees articles when readers do"
            : $"Sees articles {PartnerWords.Number(EmbargoLead)} {(EmbargoLead == 1 ? "minute" : "minutes")} before an embargo ends";

    /// <summary>How many requests the partner may send, in words.</summary>
    public string Limits =>
        PartnerWords.LimitsOf(RequestsPerMinute, MonthlyQuota) is { } limits ? $"At most {limits}" : "None";

    /// <summary>The countries in which the partner may publish, in words.</summary>
    public string Countries => Territories is [] ? "All" : string.Join(", ", Territories.Select(CountryOf));

    /// <summary>Describes which articles an agreement includes.</summary>
    internal static string ArticlesIn(
        IReadOnlyList<NamedKey> categories,
        IReadOnlyList<NamedKey> tags,
        IReadOnlyList<NamedKey> tools,
        IReadOnlyList<string> languages,
        IReadOnlyList<NamedKey> excludedTags
    )
    {
        List<string> parts =
        [
            .. One("in", categories),
            .. One("with the tag", tags),
            .. One("about", tools),
            .. languages is [] ? Array.Empty<string>() : [$"in {string.Join(" or ", languages.Select(LanguageOf))}"],
        ];
        var included = parts is [] ? "All articles" : $"Articles {string.Join(", ", parts)}";
        return excludedTags is []
            ? included
            : $"{included}, but none with the tag {string.Join(" or ", excludedTags.Select(tag => tag.Name))}";
    }

    private static string LanguageOf(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>Returns the name of a country.</summary>
    internal static string CountryOf(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    private static IEnumerable<string> One(string word, IReadOnlyList<NamedKey> names) =>
        names is [] ? [] : [$"{word} {string.Join(" or ", names.Select(name => name.Name))}"];
}

/// <summary>That the partner has accepted a version.</summary>
public sealed record AcceptanceItem(DateTimeOffset AcceptedAt, string AcceptedBy);

/// <summary>The answer to a saved agreement.</summary>
public sealed record SavedAgreement(Outcome SaveAgreement);

/// <summary>An agreement, as its form holds it.</summary>
public sealed class AgreementForm
{
    /// <summary>How much of the text can be agreed, and what the form calls it.</summary>
    internal static IReadOnlyList<(string Value, string Text)> Texts { get; } =
    [(nameof(SyndicatedText.Full), "The full text"), (nameof(SyndicatedText.Summary), "Headline and summary only")];

    /// <summary>Which images can be agreed, and what the form calls them.</summary>
    internal static IReadOnlyList<(string Value, string Text)> ImageChoices { get; } =
    [
        (nameof(SyndicatedImages.None), "No images"),
        (nameof(SyndicatedImages.Cleared), "Images whose rights allow it"),
        (nameof(SyndicatedImages.Credited), "All images with their credit"),
    ];

    // What the API fills in if the form holds nothing.
    internal const string DefaultAttribution = "{author} for {newsroom}: {url}";

    internal const string CanonicalLabel = "Each copy must name our page as the original (canonical link)";

    internal const string TrainingLabel = "May train AI models on the texts";

    internal const string SummariesLabel = "May show AI summaries of the texts";

    public int Number { get; set; }

    public string? Begins { get; set; }

    public string? Ends { get; set; }

    public IReadOnlyList<string>? Categories { get; set; }

    public IReadOnlyList<string>? Tags { get; set; }

    public IReadOnlyList<string>? Tools { get; set; }

    public IReadOnlyList<string>? ExcludedTags { get; set; }

    public IReadOnlyList<string>? Personas { get; set; }

    public string? Languages { get; set; }

    public SyndicatedText Text { get; set; }

    public string? SummaryWords { get; set; }

    public bool HasTakes { get; set; }

    public SyndicatedImages Images { get; set; }

    public string? Territories { get; set; }

    public bool RequiresCanonicalLink { get; set; }

    public string? Attribution { get; set; }

    public bool AllowsAiTraining { get; set; }

    public bool AllowsAiSummaries { get; set; }

    public string? EmbargoLead { get; set; }

    public string? RequestsPerMinute { get; set; }

    public string? MonthlyQuota { get; set; }

    internal static AgreementForm Of(AgreementItem? agreement, Times times) =>
        agreement is null
            ? new AgreementForm { RequiresCanonicalLink = true }
            : new AgreementForm
            {
                Number = agreement.Number,
                Begins = times.Local(agreement.BeginsAt),
                Ends = agreement.EndsAt is { } end ? times.Local(end) : null,
                Categories = Ids(agreement.Categories),
                Tags = Ids(agreement.Tags),
                Tools = Ids(agreement.Tools),
                ExcludedTags = Ids(agreement.ExcludedTags),
                Personas = Ids(agreement.Personas),
                Languages = string.Join(' ', agreement.Languages),
                Text = agreement.Text,
                SummaryWords = agreement.SummaryWords?.ToString(CultureInfo.InvariantCulture),
                HasTakes = agreement.HasTakes,
                Images = agreement.Images,
                Territories = string.Join(' ', agreement.Territories),
                RequiresCanonicalLink = agreement.RequiresCanonicalLink,
                Attribution = agreement.Attribution,
                AllowsAiTraining = agreement.AllowsAiTraining,
                AllowsAiSummaries = agreement.AllowsAiSummaries,
                EmbargoLead =
                    agreement.EmbargoLead == 0 ? null : agreement.EmbargoLead.ToString(CultureInfo.InvariantCulture),
                RequestsPerMinute = agreement.RequestsPerMinute?.ToString(CultureInfo.InvariantCulture),
                MonthlyQuota = agreement.MonthlyQuota?.ToString(CultureInfo.InvariantCulture),
            };

    /// <summary>Returns the input of the mutation, or why the form does not have one.</summary>
    /// <param name="partner">The id of the partner.</param>
    /// <param name="current">The saved version; null if there is none.</param>
    /// <param name="times">Reads the times.</param>
    internal (IReadOnlyDictionary<string, object?> Input, IReadOnlyList<Refusal> Refusals) ToInput(
        string partner,
        AgreementItem? current,
        Times times
    )
    {
        List<Refusal> refusals = [];
        var input = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["partner"] = partner,
            ["expectedNumber"] = Number,
            // Null is now. If it were left out, the version before would decide.
            ["beginsAt"] = Time(Begins, current?.BeginsAt, "beginsAt"),
            ["endsAt"] = Time(Ends, current?.EndsAt, "endsAt"),
            ["categories"] = Categories ?? [],
            ["tags"] = Tags ?? [],
            ["tools"] = Tools ?? [],
            ["excludedTags"] = ExcludedTags ?? [],
            ["personas"] = Personas ?? [],
            ["languages"] = Words(Languages),
            ["text"] = Text,
            ["summaryWords"] = Count(SummaryWords, "summaryWords"),
            ["hasTakes"] = HasTakes,
            ["images"] = Images,
            ["territories"] = Words(Territories?.ToUpperInvariant()),
            ["requiresCanonicalLink"] = RequiresCanonicalLink,
            ["attribution"] = string.IsNullOrWhiteSpace(Attribution) ? null : Attribution.Trim(),
            ["allowsAiTraining"] = AllowsAiTraining,
            ["allowsAiSummaries"] = AllowsAiSummaries,
            ["embargoLead"] = Count(EmbargoLead, "embargoLead"),
            ["requestsPerMinute"] = Count(RequestsPerMinute, "requestsPerMinute"),
            ["monthlyQuota"] = Count(MonthlyQuota, "monthlyQuota"),
        };
        return (input, refusals);

        // The field holds minutes. A time that was not changed keeps its seconds.
        DateTimeOffset? Time(string? text, DateTimeOffset? saved, string field)
        {
            if (saved is { } exact && text == times.Local(exact))
            {
                return exact;
            }

            if (!times.TryRead(text, out var time))
            {
                refusals.Add(new Refusal("Enter a date and a time, such as 2026-11-12T09:15.", [field]));
            }

            return time;
        }

        int? Count(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (!int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                refusals.Add(new Refusal("Enter a whole number without separators.", [field]));
            }

            return count;
        }
    }

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    /// <param name="saved">The form of the saved version.</param>
    /// <param name="namesOf">Returns the names of what the ids belong to.</param>
    internal IEnumerable<Difference> DifferencesFrom(AgreementForm saved, Func<IReadOnlyList<string>?, string> namesOf)
    {
        return Difference.Of(
            Named("The list of categories", Categories, saved.Categories),
            Named("The list of tags", Tags, saved.Tags),
            Named("The list of tools", Tools, saved.Tools),
            ("The list of languages", Joined(Languages), Joined(saved.Languages)),
            Named("The list of excluded tags", ExcludedTags, saved.ExcludedTags),
            ("The choice of text", NameOf(Texts, Text), NameOf(Texts, saved.Text)),
            ("The number of words of the summary", SummaryWords, saved.SummaryWords),
            ("The choice of images", NameOf(ImageChoices, Images), NameOf(ImageChoices, saved.Images)),
            Difference.Box("The takes of the panel", HasTakes, saved.HasTakes),
            Named("The list of personas", Personas, saved.Personas),
            ("The beginning", Begins?.Replace('T', ' '), saved.Begins?.Replace('T', ' ')),
            ("The end", Ends?.Replace('T', ' '), saved.Ends?.Replace('T', ' ')),
            ("The list of countries", Joined(Territories?.ToUpperInvariant()), Joined(saved.Territories)),
            ("The attribution", Given(Attribution) ?? DefaultAttribution, saved.Attribution),
            Difference.Box(CanonicalLabel, RequiresCanonicalLink, saved.RequiresCanonicalLink),
            Difference.Box(TrainingLabel, AllowsAiTraining, saved.AllowsAiTraining),
            Difference.Box(SummariesLabel, AllowsAiSummaries, saved.AllowsAiSummaries),
            ("The minutes before an embargo ends", Given(EmbargoLead) ?? "0", saved.EmbargoLead ?? "0"),
            ("The requests in a minute", RequestsPerMinute, saved.RequestsPerMinute),
            ("The requests in a month", MonthlyQuota, saved.MonthlyQuota)
        );

        (string Field, string? Mine, string? Saved) Named(
            string field,
            IReadOnlyList<string>? mine,
            IReadOnlyList<string>? theirs
        ) => (field, namesOf(mine), namesOf(theirs));

        static string NameOf<T>(IReadOnlyList<(string Value, string Text)> choices, T value)
            where T : struct, Enum => choices.FirstOrDefault(choice => choice.Value == value.ToString()).Text;

        static string Joined(string? words) => string.Join(", ", Words(words));
    }

    /// <summary>Returns what the form calls a field of the API; null if it has no such field.</summary>
    internal static string? LabelOf(string field) =>
        field switch
        {
            "categories" => "Categories",
            "tags" => "Tags",
            "tools" => "Tools",
            "languages" => "Languages",
            "excludedTags" => "Excluded tags",
            "summaryWords" => "Words of the summary",
            "personas" => "Personas",
            "beginsAt" => "Begins",
            "endsAt" => "Ends",
            "territories" => "Countries",
            "attribution" => "Attribution",
            "embargoLead" => "Minutes before an embargo ends",
            "requestsPerMinute" => "Requests in a minute",
            "monthlyQuota" => "Requests in a month",
            _ => null,
        };

    private static List<string> Ids(IReadOnlyList<NamedKey> named) => [.. named.Select(one => one.Id)];

    private static List<string> Words(string? text) =>
        [.. (text ?? "").Split([' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)];
}
