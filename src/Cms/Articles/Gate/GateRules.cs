using Cms.Articles.Gate.Rules;
using Cms.GraphQL;

namespace Cms.Articles.Gate;

/// <summary>A rule that an article should meet when it is published.</summary>
/// <param name="rule">The rule's code.</param>
/// <param name="settings">The newsroom's settings of the rule.</param>
/// <param name="severity">The severity that the rule has by default.</param>
internal abstract class GateRule(CheckRule rule, RuleSettings settings, CheckSeverity severity)
{
    public CheckRule Rule => rule;

    public CheckSeverity Default => severity;

    public CheckSeverity Severity => settings.Severity ?? severity;

    /// <summary>Whether the rule is always an error, because published articles rely on it.</summary>
    public virtual bool IsFixed => false;

    /// <summary>The rows that the rule needs in addition to the article and the revision.</summary>
    public virtual GateNeeds Needs => GateNeeds.None;

    /// <summary>Returns what breaks the rule; empty if nothing does.</summary>
    public abstract IEnumerable<Finding> Check(GateFacts facts);
}

/// <summary>A place at which an article breaks a rule.</summary>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Path">The path of the field, with the id of the block in the body.</param>
internal sealed record Finding(string Message, params IReadOnlyList<string> Path)
{
    /// <summary>The typed error that refuses the publication; null for <see cref="CheckFailed" />.</summary>
    public UserError? Error { get; init; }

    /// <summary>Returns the finding that an error describes.</summary>
    public static Finding Of(UserError error, params IReadOnlyList<string> path) =>
        new(error.Message, path) { Error = error };
}

internal static class GateRules
{
    /// <summary>Returns all rules, in the order in which they are reported.</summary>
    public static IReadOnlyList<GateRule> Of(GateSettings settings) =>
        [
            new HeadlineRule(settings.Headline),
            new SummaryRule(settings.Summary),
            new BodyRule(settings.Body),
            new CategoryRule(settings.Category),
            new SourceLinkRule(settings.SourceLink),
            new HeroImageRule(settings.HeroImage),
            new HeroAltRule(settings.HeroAlt),
            new BodyAltRule(settings.BodyAlt),
            new ImageCreditRule(settings.ImageCredit),
            new ImageRightsRule(settings.ImageRights),
            new LinksRule(settings.Links),
            new EmbeddedArticlesRule(settings.EmbeddedArticles),
            new PanelQuorumRule(settings.PanelQuorum),
            new StaleTakesRule(settings.StaleTakes),
            new UnreviewedAiRule(settings.UnreviewedAi),
            new DisclosureRule(settings.Disclosure),
            new SecondPersonRule(settings.SecondPerson),
            new ApprovedRule(settings.Approved),
            new SlugRule(settings.Slug),
            new ClashRule(settings.Clash),
            new OpenCommentsRule(settings.OpenComments),
            new BodyLengthRule(settings.BodyLength),
            new SeoTitleRule(settings.SeoTitle),
        ];

    extension(CheckRule rule)
    {
        /// <summary>Returns the rule's name in the schema, such as <c>SOURCE_LINK</c>.</summary>
        public string InSchema() =>
            string.Concat(
                    rule.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")
                )
                .ToUpperInvariant();
    }
}
