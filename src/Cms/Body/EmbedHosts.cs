using Cms.GraphQL;

namespace Cms.Body;

/// <summary>The sites whose pages articles can embed.</summary>
public sealed class EmbedHosts
{
    private readonly HashSet<string> _hosts;

    private EmbedHosts(IEnumerable<string> hosts) => _hosts = hosts.ToHashSet(StringComparer.Ordinal);

    public static readonly EmbedHosts None = new([]);

    /// <summary>The sites that are allowed if the operator does not set any.</summary>
    public static readonly EmbedHosts Default = new([
        "www.youtube.com",
        "youtube.com",
        "m.youtube.com",
        "youtu.be",
        "www.youtube-nocookie.com",
        "vimeo.com",
        "player.vimeo.com",
        "codepen.io",
        "gist.github.com",
        "open.spotify.com",
        "soundcloud.com",
    ]);

    /// <summary>Returns the list of these hosts; null if one of them is not a host name.</summary>
    public static EmbedHosts? Of(IEnumerable<string> hosts)
    {
        var names = hosts.Select(EmbedAddress.HostOf).ToList();
        return names.Contains(null) ? null : new EmbedHosts(names.OfType<string>());
    }

    /// <summary>Returns whether articles can embed pages of the address's host. Subdomains are not included.</summary>
    public bool Allow(EmbedAddress address) => _hosts.Contains(address.Host);

    /// <summary>Returns an error for each host that a body embeds and that is not allowed.</summary>
    internal List<UserError> RefusalsOf(RichText body) =>
        [
            .. body
                .Blocks.SelectMany(block => block.SelfAndDescendants())
                .OfType<ExternalEmbed>()
                .Where(embed => !Allow(embed.Address))
                .DistinctBy(embed => embed.Address.Host, StringComparer.Ordinal)
                .Select(embed => new EmbedHostNotAllowed(embed.Address.Host) { Path = ["body", embed.Id] }),
        ];
}
