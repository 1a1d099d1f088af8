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
    int EmbargoLead,
    IReadOnlyList<string> Territories,
    bool RequiresCanonicalLink,
    string Attribution,
    bool AllowsAiTraining,
    bool AllowsAiSummaries,
    int Rate,
    int? Quota
)
{
    /// <summary>Which articles the partner receives, in words.</summary>
    public string Articles
    {
        get
        {
            List<string> parts =
            [
                .. One("in", Categories),
                .. One("with the tag", Tags),
                .. One("about", Tools),
                .. Languages is [] ? Array.Empty<string>() : [$"in the language {string.Join(" or ", Languages)}"],
            ];
            var included = parts is [] ? "All articles" : $"Articles {string.Join(", ", parts)}";
            return ExcludedTags is []
                ? included
                : $"{included}, but none with the tag {string.Join(" or ", ExcludedTags.Select(tag => tag.Name))}";
        }
    }

    /// <summary>What of each article the partner receives, in words.</summary>
    public string Content =>
        string.Join(
            ", ",
            Text is SyndicatedText.Full ? "the full text" : "headline and summary",
            HasTakes
                ? Personas is []
                    ? "all takes"
                    : $"takes of {string.Join(" and ", Personas.Select(persona => persona.Name))}"
                : "no takes",
            Images switch
            {
                SyndicatedImages.None => "no images",
                SyndicatedImages.Cleared => "images that partners may show",
                _ => "all images with their credit",
            }
        );

    private static IEnumerable<string> One(string word, IReadOnlyList<NamedKey> names) =>
        names is [] ? [] : [$"{word} {string.Join(" or ", names.Select(name => name.Name))}"];
}

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
        (nameof(SyndicatedImages.Cleared), "Images that partners may show"),
        (nameof(SyndicatedImages.Credited), "All images with their credit"),
    ];

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

    public string? Lead { get; set; } = "0";

    public string? Territories { get; set; }

    public bool RequiresCanonicalLink { get; set; }

    public string? Attribution { get; set; }

    public bool AllowsAiTraining { get; set; }

    public bool AllowsAiSummaries { get; set; }

    public string? Rate { get; set; } = "60";

    public string? Quota { get; set; }

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
                Lead = agreement.EmbargoLead.ToString(CultureInfo.InvariantCulture),
                Territories = string.Join(' ', agreement.Territories),
                RequiresCanonicalLink = agreement.RequiresCanonicalLink,
                Attribution = agreement.Attribution,
                AllowsAiTraining = agreement.AllowsAiTraining,
                AllowsAiSummaries = agreement.AllowsAiSummaries,
                Rate = agreement.Rate.ToString(CultureInfo.InvariantCulture),
                Quota = agreement.Quota?.ToString(CultureInfo.InvariantCulture),
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
            ["embargoLead"] = Count(Lead, "embargoLead"),
            ["territories"] = Words(Territories?.ToUpperInvariant()),
            ["requiresCanonicalLink"] = RequiresCanonicalLink,
            ["attribution"] = string.IsNullOrWhiteSpace(Attribution) ? null : Attribution.Trim(),
            ["allowsAiTraining"] = AllowsAiTraining,
            ["allowsAiSummaries"] = AllowsAiSummaries,
            ["rate"] = Count(Rate, "rate"),
            ["quota"] = Count(Quota, "quota"),
        };
        if (Time(Begins, current?.BeginsAt, "beginsAt") is { } begins)
        {
            input["beginsAt"] = begins;
        }

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

    private static List<string> Ids(IReadOnlyList<NamedKey> named) => [.. named.Select(one => one.Id)];

    private static List<string> Words(string? text) =>
        [.. (text ?? "").Split([' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)];
}
