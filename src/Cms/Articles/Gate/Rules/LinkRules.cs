using Cms.Body;

namespace Cms.Articles.Gate.Rules;

internal sealed class LinksRule(RuleSettings settings) : GateRule(CheckRule.Links, settings, CheckSeverity.Error)
{
    // A message quotes this many characters of a URL.
    private const int Shown = 80;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        from block in facts.Blocks
        from address in AddressesIn(block).Distinct(StringComparer.Ordinal)
        where !IsComplete(address)
        select new Finding(
            $"The URL ‘{Shortened(address)}’ is not valid. Correct the link, or remove it.",
            "body",
            block.Id
        );

    private static IEnumerable<string> AddressesIn(Block block) =>
        block switch
        {
            TextBlock text => text.Content.OfType<Text>().Select(run => run.Link?.Href.Value).OfType<string>(),
            ExternalEmbed embed => [embed.Address.Value],
            _ => [],
        };

    // Saving a body checks each address character by character. This also finds ports and hosts that do not exist.
    private static bool IsComplete(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (
            uri.Scheme == Uri.UriSchemeMailto || uri is { HostNameType: not UriHostNameType.Unknown, Host.Length: > 0 }
        );

    private static string Shortened(string address) =>
        address.Length <= Shown ? address : $"{address.AsSpan(0, Shown)}…";
}

internal sealed class EmbeddedArticlesRule(RuleSettings settings)
    : GateRule(CheckRule.EmbeddedArticles, settings, CheckSeverity.Warning)
{
    public override GateNeeds Needs => GateNeeds.EmbeddedArticles;

    // An article that embeds itself is public as soon as it is published.
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        from embed in facts.Blocks.OfType<ArticleEmbed>()
        where embed.Article != facts.Article.Id && !facts.IsPublished(embed.Article)
        select new Finding(
            "The body embeds an article that is not published. Publish that article first, or remove it here.",
            "body",
            embed.Id
        );
}
