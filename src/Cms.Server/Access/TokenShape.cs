using System.Text.Json;
using Cms.People;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cms.Server.Access;

/// <summary>
/// Checks a token whose signature, lifetime and audience are valid. It must be an Entra ID access token, version 2.0,
/// of either a person or an application. Everything is read from the token's JSON, claim by claim, so that claim
/// mappings, duplicate claims and claims added by the server have no effect.
/// </summary>
internal static class TokenShape
{
    private const int MaxName = 200;
    private const string ContactRole = "Partner.Contact";

    // Headers that would change the meaning of the signature or the source of its key.
    private static readonly string[] BannedHeaders = ["crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "cty", "enc"];

    // A token with cnf is bound to a key, so it is not a bearer token. The other claims belong to ID tokens.
    private static readonly string[] BannedClaims = ["cnf", "nonce", "at_hash", "c_hash"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static SignInResult Read(JsonWebToken token, EntraSettings settings)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader), Strict);
            using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
            return Read(header.RootElement, payload.RootElement, settings);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return SignInResult.Refused(Refusal.Invalid);
        }
    }

    /// <summary>
    /// Returns a person's highest role among a token's roles, and whether they are a contact of a partner. Contacts have the
    /// rights of readers. Staff are not contacts, so that nobody decides for both sides. Roles of applications are ignored.
    /// </summary>
    public static (Role? Role, bool IsContact) RightsOf(IReadOnlyCollection<string> roles)
    {
        var highest = roles.Select(RoleOf).Where(role => role is not null).Max();
        return roles.Contains(ContactRole, StringComparer.Ordinal) && highest is (null or Role.Reader)
            ? (Role.Reader, true)
            : (highest, false);
    }

    /// <summary>Whether the name is a role that people can have here. Tokens may contain other roles too.</summary>
    public static bool IsRole(string name) => name is ContactRole || RoleOf(name) is not null;

    private static SignInResult Read(JsonElement header, JsonElement claims, EntraSettings settings)
    {
        if (
            BannedHeaders.Any(name => header.TryGetProperty(name, out _))
            || BannedClaims.Any(name => claims.TryGetProperty(name, out _))
            || Text(claims, "ver") != "2.0"
            || Text(claims, "aud") is null
            || Id(claims, "azp") is null
            || Id(claims, "oid") is not { } person
            || Id(claims, "tid") is not { } tenant
            || Seconds(claims, "exp") is not { } expires
            || Roles(claims) is not { } roles
        )
        {
            return SignInResult.Refused(Refusal.Invalid);
        }

        var key = new PersonKey(tenant, person);
        return (Has(claims, "scp"), Text(claims, "idtyp")) switch
        {
            (true, null or "user") when !Has(claims, "idtyp") || Text(claims, "idtyp") is not null => OfPerson(
                claims,
                key,
                roles,
                expires,
                settings
            ),
            (false, "app") => new SignInResult
            {
                Viewer = new Viewer
                {
                    Kind = ViewerKind.Partner,
                    Key = key,
                    MaySyndicate = roles.Contains("Syndication.Read", StringComparer.Ordinal),
                },
                ExpiresAt = expires,
            },
            _ => SignInResult.Refused(Refusal.Invalid),
        };
    }

    private static SignInResult OfPerson(
        JsonElement claims,
        PersonKey key,
        IReadOnlyList<string> roles,
        DateTimeOffset expires,
        EntraSettings settings
    )
    {
        // Only applications can come from partner tenants. People cannot.
        if (Text(claims, "scp") is not { } scopes || key.TenantId != settings.TenantId)
        {
            return SignInResult.Refused(Refusal.Invalid);
        }

        if (!scopes.Split(' ').Contains(EntraSettings.Scope, StringComparer.Ordinal))
        {
            return SignInResult.Refused(Refusal.WrongScope);
        }

        var (role, isContact) = RightsOf(roles);
        return new SignInResult
        {
            Viewer = new Viewer
            {
                Kind = ViewerKind.Person,
                Key = key,
                Name = Text(claims, "name") is { Length: > 0 and <= MaxName } name ? name : null,
                Role = role,
                IsContact = isContact,
            },
            ExpiresAt = expires,
        };
    }

    private static Role? RoleOf(string name) =>
        name switch
        {
            nameof(Role.Reader) => Role.Reader,
            nameof(Role.Author) => Role.Author,
            nameof(Role.Editor) => Role.Editor,
            nameof(Role.Admin) => Role.Admin,
            _ => null,
        };

    // Returns null if the claim is not a list of strings, or an empty list if the claim is missing.
    private static IReadOnlyList<string>? Roles(JsonElement claims)
    {
        if (!claims.TryGetProperty("roles", out var roles))
        {
            return [];
        }

        return
            roles.ValueKind is JsonValueKind.Array
            && roles.EnumerateArray().All(role => role.ValueKind is JsonValueKind.String)
            ? [.. roles.EnumerateArray().Select(role => role.GetString()!)]
            : null;
    }

    private static bool Has(JsonElement claims, string name) => claims.TryGetProperty(name, out _);

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    private static Guid? Id(JsonElement claims, string name) =>
        Guid.TryParseExact(Text(claims, name), "d", out var id) && id != Guid.Empty ? id : null;

    // Returns a Unix time in whole seconds before the year 3000; null if the claim has a different form.
    private static DateTimeOffset? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.Number
        && value.TryGetInt64(out var seconds)
        && seconds is > 0 and < 32_503_680_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
