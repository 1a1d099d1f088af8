namespace Cms.DevIdentity;

/// <summary>An application that signs people in.</summary>
/// <param name="Secret">The client secret; null for applications in a browser, which cannot protect one.</param>
public sealed record Application(string ClientId, string Name, string? Secret)
{
    /// <summary>The server's own pages, which sign people in as the API's application.</summary>
    public static Application Pages { get; } = new(Tenant.Api, "The newsroom’s site", "the-pages-in-development");

    /// <summary>Any front end on this machine, on any port.</summary>
    public static Application FrontEnd { get; } = new("5c0ffee0-0000-4000-8000-00000000a003", "A front end", null);

    public static Application? Find(string? clientId) =>
        clientId == Pages.ClientId ? Pages
        : clientId == FrontEnd.ClientId ? FrontEnd
        : null;
}
