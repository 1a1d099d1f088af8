namespace Cms.DevIdentity;

/// <summary>A program that signs people in.</summary>
/// <param name="Secret">Null for programs that run in a browser and could keep none.</param>
public sealed record Application(string ClientId, string Name, string? Secret)
{
    /// <summary>The editors' pages, which the server itself serves.</summary>
    public static Application Studio { get; } =
        new("5c0ffee0-0000-4000-8000-00000000a002", "The Studio", "the-studio-in-development");

    /// <summary>Any front end on this machine, at any port.</summary>
    public static Application FrontEnd { get; } = new("5c0ffee0-0000-4000-8000-00000000a003", "A front end", null);

    public static Application? Find(string? clientId) =>
        clientId == Studio.ClientId ? Studio
        : clientId == FrontEnd.ClientId ? FrontEnd
        : null;
}
