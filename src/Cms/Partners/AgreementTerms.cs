using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Partners;

/// <summary>How much of the text of an article a partner receives.</summary>
public enum SyndicatedText
{
    /// <summary>The whole body.</summary>
    Full,

    /// <summary>The headline and the summary, without the body.</summary>
    Summary,
}

/// <summary>Which images a partner receives.</summary>
public enum SyndicatedImages
{
    /// <summary>No images.</summary>
    None,

    /// <summary>Images that partners are allowed to show, as their rights say.</summary>
    Cleared,

    /// <summary>All images of the articles, each with its credit.</summary>
    Credited,
}

/// <summary>What a partner receives, and what it may do with it.</summary>
public sealed partial record AgreementTerms
{
    public const int MaxTerms = 50;
    public const int MaxTerritories = 250;
    public const int MaxAttribution = 300;

    /// <summary>The most words that a summary can be cut to.</summary>
    public const int MaxSummaryWords = 500;

    /// <summary>The longest time before the end of an embargo, in minutes: 30 days.</summary>
    public const int MaxLead = 30 * 24 * 60;

    public const int MaxRate = 100_000;
    public const int MaxQuota = 1_000_000_000;

    /// <summary>The attribution that partners show if the agreement does not say otherwise.</summary>
    public const string DefaultAttribution = "{author} for {newsroom}: {url}";

    private static readonly string[] Placeholders = ["{author}", "{headline}", "{newsroom}", "{url}"];

    /// <summary>When the agreement begins.</summary>
    public required DateTimeOffset BeginsAt { get; init; }

    /// <summary>When the agreement ends; null if it has no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Only articles in one of these categories; empty for all.</summary>
    public IReadOnlyList<CategoryId> Categories { get; init; } = [];

    /// <summary>Only articles that have one of these tags; empty for all.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>Only articles about one of these tools; empty for all.</summary>
    public IReadOnlyList<ToolId> Tools { get; init; } = [];

    /// <summary>Only articles in one of these languages (BCP 47); empty for all.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>No article that has one of these tags.</summary>
    public IReadOnlyList<TagId> ExcludedTags { get; init; } = [];

    public SyndicatedText Text { get; init; } = SyndicatedText.Full;

    /// <summary>The number of words that the summary is cut to; null for the whole summary.</summary>
    public int? SummaryWords { get; init; }

    public bool HasTakes { get; init; }

    /// <summary>Only takes of these personas; empty for all.</summary>
    public IReadOnlyList<PersonaId> Personas { get; init; } = [];

    public SyndicatedImages Images { get; init; } = SyndicatedImages.None;

    /// <summary>The countries in which the partner may publish (ISO 3166-1 alpha-2); empty for all.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    public bool RequiresCanonicalLink { get; init; } = true;

    public string Attribution { get; init; } = DefaultAttribution;

    public bool AllowsAiTraining { get; init; }

    public bool AllowsAiSummaries { get; init; }

    /// <summary>
    /// How many minutes before the end of an embargo the partner sees an article that is released under embargo; 0 if it
    /// sees it when readers do.
    /// </summary>
    public int EmbargoLead { get; init; }

    /// <summary>The most requests in a minute; null for no limit of its own.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most requests in a calendar month (UTC) that are answered with content; null for no limit.</summary>
    public int? MonthlyQuota { get; init; }

    /// <summary>Returns whether the agreement is in force.</summary>
    public bool IsInForce(DateTimeOffset now) => BeginsAt <= now && (EndsAt is null || now < EndsAt);

    /// <summary>Returns whether articles are the same, with what they say about their use, under other terms that include them.</summary>
    internal bool ShowsSameAs(AgreementTerms other) =>
        Text == other.Text
        && SummaryWords == other.SummaryWords
        && HasTakes == other.HasTakes
        && Personas.SequenceEqual(other.Personas)
        && Images == other.Images
        && Territories.SequenceEqual(other.Territories, StringComparer.Ordinal)
        && Attribution == other.Attribution
        && AllowsAiTraining == other.AllowsAiTraining
        && AllowsAiSummaries == other.AllowsAiSummaries;

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        if (EndsAt <= BeginsAt)
        {
            refusals.Add(new AgreementEndsBeforeItBegins { Path = ["endsAt"] });
        }

        Count(Categories.Count, MaxTerms, "categories");
        Count(Tags.Count, MaxTerms, "tags");
        Count(Tools.Count, MaxTerms, "tools");
        Count(ExcludedTags.Count, MaxTerms, "excludedTags");
        Count(Personas.Count, MaxTerms, "personas");
        Count(Languages.Count, MaxTerms, "languages");
        Count(Territories.Count, MaxTerritories, "territories");
        Within(SummaryWords, 1, MaxSummaryWords, "summaryWords");
        Within(EmbargoLead, 0, MaxLead, "embargoLead");
        Within(RequestsPerMinute, 1, MaxRate, "requestsPerMinute");
        Within(MonthlyQuota, 1, MaxQuota, "monthlyQuota");
        refusals.AddRange(
            Languages
                .Where(language => !ArticleLimits.IsLanguage(language))
                .Select(language => new LanguageMalformed(language) { Path = ["languages"] })
        );
        refusals.AddRange(
            Territories
                .Where(territory => !IsTerritory(territory))
                .Select(territory => new TerritoryUnknown(territory) { Path = ["territories"] })
        );
        if (Tags.Intersect(ExcludedTags).Any())
        {
            refusals.Add(new TagAlsoExcluded { Path = ["excludedTags"] });
        }

        if (Attribution.Length > MaxAttribution)
        {
            refusals.Add(new PartnerTextTooLong("attribution", MaxAttribution) { Path = ["attribution"] });
        }

        refusals.AddRange(
            Placeholder()
                .Matches(Attribution)
                .Select(match => match.Value)
                .Where(name => !Placeholders.Contains(name, StringComparer.Ordinal))
                .Select(name => new PlaceholderUnknown(name) { Path = ["attribution"] })
        );
        return refusals;

        void Count(int count, int most, string field)
        {
            if (count > most)
            {
                refusals.Add(new TooManyForPartner(field, most) { Path = [field] });
            }
        }

        void Within(int? value, int least, int most, string field)
        {
            if (value < least || value > most)
            {
                refusals.Add(new NumberOutOfRange(field, least, most) { Path = [field] });
            }
        }
    }

    private static bool IsTerritory(string code)
    {
        if (code is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            return false;
        }

        try
        {
            return new RegionInfo(code).TwoLetterISORegionName == code;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();
}
