namespace Cms.DevIdentity;

/// <summary>A program that signs people in.</summary>
/// <param name="Secret">Null for programs that run in a browser and could keep none.</param>
public sealed record Application(string ClientId, string Name, string? Secret)
{
    /// <summary>The pages that the server itself serves: they sign people in as the API's own application.</summary>
    public static Application Pages { get; } = new(Tenant.Api, "The newsroom's pages", "the-pages-in-development");

    /// <summary>Any front end on this machine, at any port.</summary>
    public static Application FrontEnd { get; } = new("5c0ffee0-0000-4000-8000-00000000a003", "A front end", null);

    public static Application? Find(string? clientId) =>
        clientId == Pages.ClientId ? Pages
        : clientId == FrontEnd.ClientId ? FrontEnd
        : null;
}
