using Cms.Studio.Api;

namespace Cms.Studio.Redirects;

/// <summary>A page of the redirects.</summary>
public sealed record RedirectsData(RedirectsDesk? Desk);

/// <summary>The redirects that the person may see.</summary>
public sealed record RedirectsDesk(RedirectList? Redirects);

/// <summary>Some redirects.</summary>
public sealed record RedirectList(IReadOnlyList<RedirectRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A redirect.</summary>
public sealed record RedirectRow(
    string Id,
    string From,
    string To,
    int Version,
    DateTimeOffset UpdatedAt,
    string UpdatedBy
);

/// <summary>What somebody entered about a redirect.</summary>
public sealed class RedirectForm
{
    /// <summary>The name under which every form of the page is handled, also after a redirect has left the list.</summary>
    internal const string Handler = "redirect";

    public string? Id { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>The version that the person has seen; 0 for a redirect that must not exist yet.</summary>
    public int? Version { get; set; }

    /// <summary>Whether to delete the redirect.</summary>
    public bool IsDeleted { get; set; }
}

/// <summary>The answer to a redirect that is saved.</summary>
public sealed record RedirectSaved(Outcome SaveRedirect);

/// <summary>The answer to a redirect that is deleted.</summary>
public sealed record RedirectDeleted(Outcome DeleteRedirect);
