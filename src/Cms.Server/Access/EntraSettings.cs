using System.Globalization;
using Cms.GraphQL;

namespace Cms.Server.Access;

/// <summary>
/// The settings for accepting tokens: <c>AzureAd__*</c> and <c>Auth__*</c>. Each setting is read by name. The
/// libraries' own binding would also read <c>AzureAd__TokenValidationParameters__*</c>, so an environment variable
/// could turn validation off.
/// </summary>
internal sealed record EntraSettings
{
    public const string Scope = "Cms.Access";

    private const string DefaultInstance = "https://login.microsoftonline.com/";
    private const int DefaultRefreshSeconds = 30;
    private const int MaxRefreshSeconds = 3_600;
    private const int DefaultTimeoutSeconds = 5;
    private const int MaxTimeoutSeconds = 60;

    /// <summary>The issuer's address, with a trailing slash.</summary>
    public required Uri Instance { get; init; }

    /// <summary>The tenant of the people who sign in.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>This application's id, which every token names as its audience.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>
    /// The application's secret. Without it and without <see cref="ManagedIdentity" />, browsers cannot sign in with Entra
    /// ID.
    /// </summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// The client id of the managed identity that replaces the secret. The application trusts it with a federated
    /// credential.
    /// </summary>
    public Guid? ManagedIdentity { get; init; }

    /// <summary>Tenants whose applications are accepted in addition to those of <see cref="TenantId" />.</summary>
    public IReadOnlyList<Guid> PartnerTenants { get; init; } = [];

    /// <summary>The age at which the issuer's keys are fetched again; also the minimum time between fetches.</summary>
    public TimeSpan JwksRefresh { get; init; } = TimeSpan.FromSeconds(DefaultRefreshSeconds);

    /// <summary>The timeout for fetching the issuer's keys; other requests to it may take twice as long.</summary>
    public TimeSpan IssuerTimeout { get; init; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>Whether the issuer is on this machine and uses plain HTTP, which is allowed for development.</summary>
    public bool IsLocal => Instance.IsLoopback && Instance.Scheme == Uri.UriSchemeHttp;

    public string MetadataAddress => $"{IssuerOf(TenantId)}/.well-known/openid-configuration";

    /// <summary>Returns the exact issuer that a tenant's tokens name.</summary>
    public string IssuerOf(Guid tenant) =>
        string.Create(CultureInfo.InvariantCulture, $"{Instance.AbsoluteUri}{tenant:d}/v2.0");

    /// <summary>Reads the settings; null if neither tenant nor application is set, so nobody can sign in.</summary>
    /// <exception cref="CannotStartException">The settings are incomplete or unsafe.</exception>
    public static EntraSettings? Read(IConfiguration configuration)
    {
        var entra = configuration.GetSection("AzureAd");
        var (tenant, client) = (Text(entra["TenantId"]), Text(entra["ClientId"]));
        var identity = Text(entra["ManagedIdentity"]);
        var partners = entra.GetSection("PartnerTenants").GetChildren().Select(child => child.Value ?? "").ToList();
        if (tenant is null && client is null)
        {
            return Text(entra["ClientSecret"]) is null && identity is null && partners.Count == 0
                ? null
                : throw new CannotStartException(
                    "AzureAd__ClientSecret, AzureAd__ManagedIdentity or AzureAd__PartnerTenants is set, but the tenant and the application are not: set AzureAd__TenantId and AzureAd__ClientId too."
                );
        }

        if (tenant is null || client is null)
        {
            throw new CannotStartException(
                $"AzureAd__{(tenant is null ? "TenantId" : "ClientId")} is not set, but TenantId and ClientId belong together: set both, or neither if nobody signs in."
            );
        }

        if (tenant.ToUpperInvariant() is "COMMON" or "ORGANIZATIONS" or "CONSUMERS")
        {
            throw new CannotStartException(
                $"AzureAd__TenantId is {tenant}, which would let people of any organisation sign in: set it to the GUID of your tenant."
            );
        }

        if (identity is not null && Text(entra["ClientSecret"]) is not null)
        {
            throw new CannotStartException(
                "AzureAd__ClientSecret and AzureAd__ManagedIdentity are both set, but one replaces the other: unset AzureAd__ClientSecret, or set only AzureAd__ClientSecret."
            );
        }

        return new EntraSettings
        {
            Instance = InstanceOf(Text(entra["Instance"]) ?? DefaultInstance),
            TenantId = GuidOf("AzureAd__TenantId", tenant),
            ClientId = GuidOf("AzureAd__ClientId", client),
            ClientSecret = Text(entra["ClientSecret"]),
            ManagedIdentity = identity is null ? null : GuidOf("AzureAd__ManagedIdentity", identity),
            PartnerTenants = [.. partners.Select((id, i) => GuidOf($"AzureAd__PartnerTenants__{i}", id))],
            JwksRefresh = SecondsOf(configuration, "JwksRefreshSeconds", DefaultRefreshSeconds, MaxRefreshSeconds),
            IssuerTimeout = SecondsOf(configuration, "IssuerTimeoutSeconds", DefaultTimeoutSeconds, MaxTimeoutSeconds),
        };
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Guid GuidOf(string name, string value) =>
        Guid.TryParseExact(value, "d", out var id) && id != Guid.Empty
            ? id
            : throw new CannotStartException(
                $"{name} is not a GUID: set it to the id that Entra ID shows, such as 72f988bf-86f1-41af-91ab-2d7cd011db47."
            );

    private static Uri InstanceOf(string value)
    {
        if (
            !Uri.TryCreate(value.TrimEnd('/') + "/", UriKind.Absolute, out var instance)
            || (instance.Scheme != Uri.UriSchemeHttps && instance.Scheme != Uri.UriSchemeHttp)
            || instance is not { UserInfo: "", Query: "", Fragment: "" }
        )
        {
            throw new CannotStartException(
                $"AzureAd__Instance is not a valid URL: set it to {DefaultInstance}, or to the sign-in address of your cloud."
            );
        }

        return instance.Scheme == Uri.UriSchemeHttps || instance.IsLoopback
            ? instance
            : throw new CannotStartException(
                "AzureAd__Instance uses plain HTTP, so an attacker on the network could send false keys: set it to an https address."
            );
    }

    private static TimeSpan SecondsOf(IConfiguration configuration, string name, int standard, int most) =>
        Text(configuration[$"Auth:{name}"]) is not { } value ? TimeSpan.FromSeconds(standard)
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= 1
        && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
        : throw new CannotStartException($"Auth__{name} is {value}: set it to a number of seconds from 1 to {most}.");
}
