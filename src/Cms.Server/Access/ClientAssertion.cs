using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Cms.Server.Access;

/// <summary>
/// Proves to Entra ID that this server is the application, with a token of its managed identity instead of a secret. The
/// application trusts the identity with a federated credential.
/// </summary>
internal sealed class ClientAssertion(TokenCredential identity)
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TokenRequestContext Exchange = new(["api://AzureADTokenExchange/.default"]);

    public static ClientAssertion Of(Guid managedIdentity) =>
        new(new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(managedIdentity.ToString("d"))));

    /// <summary>Adds the token to the request that exchanges a sign-in code for tokens.</summary>
    public async Task AddAsync(AuthorizationCodeReceivedContext context)
    {
        // Azure.Identity caches the token until shortly before it expires.
        var token = await identity.GetTokenAsync(Exchange, context.HttpContext.RequestAborted);
        context.TokenEndpointRequest!.ClientAssertionType = Type;
        context.TokenEndpointRequest.ClientAssertion = token.Token;
    }
}
