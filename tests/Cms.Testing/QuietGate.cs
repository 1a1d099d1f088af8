using Cms.Articles.Gate;

namespace Cms.Testing;

/// <summary>
/// The publishing rules without those that warn by default. Most tests publish short articles without an image, a
/// category or takes.
/// </summary>
public static class QuietGate
{
    private static readonly RuleSettings Off = new() { Severity = CheckSeverity.Off };

    public static GateSettings Settings { get; } =
        new()
        {
            Category = Off,
            SourceLink = Off,
            HeroImage = Off,
            EmbeddedArticles = Off,
            PanelQuorum = new MinimumSettings { Severity = CheckSeverity.Off },
            StaleTakes = Off,
            OpenComments = Off,
            BodyLength = new MinimumSettings { Severity = CheckSeverity.Off },
            SeoTitle = new MaximumSettings { Severity = CheckSeverity.Off },
        };

    /// <summary>The same as settings of a server, by name.</summary>
    public static IReadOnlyDictionary<string, string> Configuration { get; } =
        GateRules
            .Of(Settings)
            .Where(rule => rule.Severity is CheckSeverity.Off)
            .ToDictionary(rule => $"Cms:Gate:{rule.Rule}:Severity", _ => "off", StringComparer.Ordinal);
}
