using Cms.Foundation;

namespace Cms.Articles.Gate.Rules;

internal sealed class CategoryRule(RuleSettings settings)
    : GateRule(CheckRule.Category, settings, CheckSeverity.Warning)
{
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Content.CategoryId is null ? [new("The article has no category. Choose one.", "category")] : [];
}

internal sealed class SourceLinkRule(RuleSettings settings)
    : GateRule(CheckRule.SourceLink, settings, CheckSeverity.Warning)
{
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        string.IsNullOrWhiteSpace(facts.Content.SourceUrl)
            ? [new("The article has no link to its source. Enter its URL in sourceUrl.", "sourceUrl")]
        : !facts.Content.SourceUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? [new("The link to the source is not secure. Enter a URL that begins with https://.", "sourceUrl")]
        : facts.Content.SourceId is null
            ? [new("Choose the publication as well: readers see the link only with it.", "source")]
        : [];
}

internal sealed class SlugRule(RuleSettings settings) : GateRule(CheckRule.Slug, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    public override GateNeeds Needs => GateNeeds.Slug;

    // Readers already know the slug of a published article.
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Article.Status is ArticleStatus.Published ? []
        : ReservedSlugs.Contains(facts.Article.Slug) ? [Finding.Of(new SlugReserved(facts.Article.Slug), "slug")]
        : facts.IsSlugTaken ? [Finding.Of(new SlugTaken(facts.Article.Slug), "slug")]
        : [];
}

internal sealed class ClashRule(RuleSettings settings) : GateRule(CheckRule.Clash, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    // An article cannot have an embargo and a schedule, so an embargo that ends before the scheduled time counts too.
    // A release under embargo has both, with the same time.
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        !facts.IsRelease && facts.Article.Embargo(facts.Now) is { } embargo
            ? [Finding.Of(embargo, "embargoUntil")]
            : [];
}
