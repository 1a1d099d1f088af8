namespace Cms.DevIdentity;

/// <summary>A publisher that receives stories. It signs in as an application, without a person.</summary>
/// <param name="Id">The object id of its service principal in Entra.</param>
/// <param name="Secret">
/// The client secret. It is not confidential, because only a development server on this machine accepts it.
/// </param>
public sealed record Partner(string Id, string ClientId, string Name, string Secret)
{
    public const string Role = "Syndication.Read";

    public static Partner Lantern { get; } =
        new(
            "5c0ffee0-0000-4000-8000-00000000f001",
            "5c0ffee0-0000-4000-8000-00000000b001",
            "Lantern Wire",
            "lantern-in-development"
        );

    public static Partner Harbour { get; } =
        new(
            "5c0ffee0-0000-4000-8000-00000000f002",
            "5c0ffee0-0000-4000-8000-00000000b002",
            "Harbour Weekly",
            "harbour-in-development"
        );

    public static Partner? Find(string? clientId) =>
        clientId == Lantern.ClientId ? Lantern
        : clientId == Harbour.ClientId ? Harbour
        : null;
}
