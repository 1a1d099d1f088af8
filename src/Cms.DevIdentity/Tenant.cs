namespace Cms.DevIdentity;

/// <summary>The ids of the development tenant, always the same so that bookmarks and tests survive a new start.</summary>
public static class Tenant
{
    public const string Id = "5c0ffee0-0000-4000-8000-000000000001";

    /// <summary>The application that tokens are for: the API.</summary>
    public const string Api = "5c0ffee0-0000-4000-8000-00000000a001";

    /// <summary>What an application asks for to act for a person.</summary>
    public const string Access = "Cms.Access";

    public const string AccessScope = $"api://{Api}/{Access}";

    /// <summary>What a partner asks for: all that it was given.</summary>
    public const string DefaultScope = $"api://{Api}/.default";

    public static string Issuer(Uri address) => $"{address.GetLeftPart(UriPartial.Authority)}/{Id}/v2.0";

    /// <summary>Whether a scope is one of the API, by either of the names that Entra takes.</summary>
    internal static bool IsOfApi(string scope) =>
        scope is AccessScope or DefaultScope or $"{Api}/{Access}" or $"{Api}/.default";
}
