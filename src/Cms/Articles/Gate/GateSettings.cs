using Cms.GraphQL;

namespace Cms.Articles.Gate;

/// <summary>The settings of the publishing rules, by rule.</summary>
public sealed record GateSettings
{
    public RuleSettings Headline { get; init; } = new();

    public RuleSettings Summary { get; init; } = new();

    public RuleSettings Body { get; init; } = new();

    public RuleSettings Category { get; init; } = new();

    public RuleSettings SourceLink { get; init; } = new();

    public RuleSettings HeroImage { get; init; } = new();

    public RuleSettings HeroAlt { get; init; } = new();

    public RuleSettings BodyAlt { get; init; } = new();

    public RuleSettings ImageCredit { get; init; } = new();

    public RuleSettings ImageRights { get; init; } = new();

    public RuleSettings Links { get; init; } = new();

    public RuleSettings EmbeddedArticles { get; init; } = new();

    public MinimumSettings PanelQuorum { get; init; } = new() { Minimum = 1 };

    public RuleSettings StaleTakes { get; init; } = new();

    public RuleSettings UnreviewedAi { get; init; } = new();

    public RuleSettings Disclosure { get; init; } = new();

    public RuleSettings SecondPerson { get; init; } = new();

    public RuleSettings Approved { get; init; } = new();

    public RuleSettings Slug { get; init; } = new();

    public RuleSettings Clash { get; init; } = new();

    public RuleSettings OpenComments { get; init; } = new();

    public MinimumSettings BodyLength { get; init; } = new() { Minimum = 100 };

    public MaximumSettings SeoTitle { get; init; } = new() { Maximum = 60 };

    /// <summary>Checks that the rules that protect readers are not weakened.</summary>
    /// <exception cref="CannotStartException">A rule that must be an error is a warning or off.</exception>
    public void Verify()
    {
        if (GateRules.Of(this).FirstOrDefault(rule => rule.IsFixed && rule.Severity != rule.Default) is { } weakened)
        {
            throw new CannotStartException(
                $"Cms__Gate__{weakened.Rule}__Severity must be error, because every published article must meet this rule: remove the setting."
            );
        }
    }
}

/// <summary>The settings of a rule.</summary>
public record RuleSettings
{
    /// <summary>Null for the default severity of the rule.</summary>
    public CheckSeverity? Severity { get; init; }
}

/// <summary>The settings of a rule with a minimum.</summary>
public sealed record MinimumSettings : RuleSettings
{
    public int Minimum { get; init; }
}

/// <summary>The settings of a rule with a maximum.</summary>
public sealed record MaximumSettings : RuleSettings
{
    public int Maximum { get; init; }
}
