using Cms.Studio.Api;
using Cms.Studio.Partners;

namespace Cms.Studio.Portal;

/// <summary>An agreement, as the partner reads it.</summary>
public sealed record PortalAgreement(
    int Number,
    DateTimeOffset SavedAt,
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
    /// <summary>What the partner receives, a sentence each.</summary>
    internal IReadOnlyList<string> Receives =>
        [
            AgreementItem.ArticlesIn(Categories, Tags, Tools, Languages, ExcludedTags) + ".",
            (Text, SummaryWords) switch
            {
                (SyndicatedText.Full, null) => "The full text of each article, with headline and summary.",
                (SyndicatedText.Full, { } words) =>
                    $"The full text of each article. The summary has at most {PartnerWords.Number(words)} words.",
                (_, null) => "The headline and the summary of each article, without its text.",
                (_, { } words) =>
                    $"The headline of each article and at most {PartnerWords.Number(words)} words of its summary, without its text.",
            },
            !HasTakes ? "No takes of the panel."
            : Personas is [] ? "All takes of the panel."
            : $"The takes of {string.Join(" and ", Personas.Select(persona => persona.Name))}.",
            Images switch
            {
                SyndicatedImages.None => "No images.",
                SyndicatedImages.Cleared => "The images whose rights allow you to show them.",
                _ => "All images, each with its credit.",
            },
            .. EmbargoLead == 0
                ? Array.Empty<string>()
                :
                [
                    $"Articles under embargo {PartnerWords.Number(EmbargoLead)} {(EmbargoLead == 1 ? "minute" : "minutes")} before it ends. Do not publish them earlier.",
                ],
        ];

    /// <summary>How many requests the partner may send, in a sentence; null if the agreement does not limit them.</summary>
    internal string? Limits =>
        PartnerWords.LimitsOf(RequestsPerMinute, MonthlyQuota) is { } limits ? $"Send at most {limits}." : null;

    /// <summary>What the partner may do and may not do, a sentence each.</summary>
    internal IReadOnlyList<(bool IsAllowed, string Text)> Allows =>
        [
            (
                true,
                Territories is []
                    ? "You may publish in all countries."
                    : $"You may publish only in {string.Join(", ", Territories.Select(AgreementItem.CountryOf))}."
            ),
            (
                AllowsAiSummaries,
                AllowsAiSummaries
                    ? "You may show AI summaries of the texts."
                    : "You may not show AI summaries of the texts."
            ),
            (
                AllowsAiTraining,
                AllowsAiTraining ? "You may train AI models on the texts." : "You may not train AI models on the texts."
            ),
        ];
}
