namespace Cms.Articles.Gate.Rules;

internal sealed class HeadlineRule(RuleSettings settings) : GateRule(CheckRule.Headline, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        string.IsNullOrWhiteSpace(facts.Content.Headline) ? [Missing.Of("headline")] : [];
}

internal sealed class SummaryRule(RuleSettings settings) : GateRule(CheckRule.Summary, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        string.IsNullOrWhiteSpace(facts.Content.Summary) ? [Missing.Of("summary")] : [];
}

internal sealed class BodyRule(RuleSettings settings) : GateRule(CheckRule.Body, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Content.WordCount == 0 ? [Missing.Of("body")] : [];
}

internal sealed class BodyLengthRule(MinimumSettings settings)
    : GateRule(CheckRule.BodyLength, settings, CheckSeverity.Warning)
{
    // If the body is empty, BodyRule reports it.
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Content.WordCount is > 0 and var words && words < settings.Minimum
            ? [new($"The body is too short: {words} of at least {settings.Minimum} words. Add to it.", "body")]
            : [];
}

internal sealed class SeoTitleRule(MaximumSettings settings)
    : GateRule(CheckRule.SeoTitle, settings, CheckSeverity.Warning)
{
    public override IEnumerable<Finding> Check(GateFacts facts)
    {
        var (title, path) = string.IsNullOrWhiteSpace(facts.Content.Seo.Title)
            ? (facts.Content.Headline, (string[])["headline"])
            : (facts.Content.Seo.Title, ["seo", "title"]);
        return title.Length <= settings.Maximum
            ? []
            :
            [
                new(
                    $"Search engines cut a title of {title.Length} characters. Shorten it to {settings.Maximum}, or set a shorter seo.title.",
                    path
                ),
            ];
    }
}

internal static class Missing
{
    public static Finding Of(string field) => Finding.Of(new ArticleIncomplete([field]), field);
}
