using System.Security.Claims;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Cms.DevIdentity;

/// <summary>Makes OpenIddict's documents and tokens match Entra ID's.</summary>
internal static class EntraShape
{
    private static readonly string[] Unknown = [Claims.Scope, Claims.ClientId];

    /// <summary>Adds Entra's metadata and claims to the discovery document, and sets Entra's scopes.</summary>
    public static ValueTask Describe(HandleConfigurationRequestContext context)
    {
        context.Metadata["http_logout_supported"] = true;
        context.Metadata["tenant_region_scope"] = "DEV";
        context.Metadata["cloud_instance_name"] = "localhost";
        context.Scopes.Clear();
        context.Scopes.UnionWith([Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess]);
        context.Claims.UnionWith([
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "nonce",
            "preferred_username",
            "name",
            "tid",
            "ver",
            "oid",
            "roles",
        ]);
        return default;
    }

    /// <summary>Adds the issuer to each key.</summary>
    public static ValueTask NameIssuer(ApplyJsonWebKeySetResponseContext context, string issuer)
    {
        if ((JsonNode?)context.Response["keys"] is JsonArray keys)
        {
            foreach (var key in keys.OfType<JsonObject>())
            {
                key["issuer"] = issuer;
            }

            context.Response["keys"] = new OpenIddictParameter(keys);
        }

        return default;
    }

    /// <summary>
    /// Sets the token type to JWT and <c>nbf</c> to the time of issue, writes roles as an array, and removes claims
    /// that Entra does not use, so that scopes are only in <c>scp</c>.
    /// </summary>
    public static ValueTask Trim(GenerateTokenContext context)
    {
        if (context.TokenType is not (TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken))
        {
            return default;
        }

        var token = context.SecurityTokenDescriptor;
        token.TokenType = "JWT";
        token.NotBefore ??= token.IssuedAt;
        token.Claims ??= new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var name in token.Claims.Keys.Where(IsUnknown).ToList())
        {
            token.Claims.Remove(name);
        }

        foreach (var claim in token.Subject.Claims.Where(claim => IsUnknown(claim.Type)).ToList())
        {
            token.Subject.RemoveClaim(claim);
        }

        if (Roles(token.Subject) is [_, ..] roles)
        {
            token.Claims["roles"] = roles;
        }

        return default;
    }

    private static string[] Roles(ClaimsIdentity subject)
    {
        var claims = subject.FindAll("roles").ToList();
        claims.ForEach(subject.RemoveClaim);
        return [.. claims.Select(claim => claim.Value)];
    }

    private static bool IsUnknown(string name) =>
        Unknown.Contains(name, StringComparer.Ordinal) || name.StartsWith("oi_", StringComparison.Ordinal);
}
