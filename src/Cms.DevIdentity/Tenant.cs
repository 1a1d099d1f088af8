namespace Cms.DevIdentity;

/// <summary>The ids of the development tenant. They never change, so stored ids remain valid after a restart.</summary>
public static class Tenant
{
    public const string Id = "5c0ffee0-0000-4000-8000-000000000001";

    /// <summary>The client id of the API, for which tokens are issued.</summary>
    public const string Api = "5c0ffee0-0000-4000-8000-00000000a001";

    /// <summary>The scope that an application requests to act for a person.</summary>
    public const string Access = "Cms.Access";

    public const string AccessScope = $"api://{Api}/{Access}";

    /// <summary>The scope that a partner requests. It covers all permissions granted to the partner.</summary>
    public const string DefaultScope = $"api://{Api}/.default";

    public static string Issuer(Uri address) => $"{address.GetLeftPart(UriPartial.Authority)}/{Id}/v2.0";

    /// <summary>Returns whether a scope belongs to the API, in either of the forms that Entra accepts.</summary>
    internal static bool IsOfApi(string scope) =>
        scope is AccessScope or DefaultScope or $"{Api}/{Access}" or $"{Api}/.default";
}
