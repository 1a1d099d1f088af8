using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Cms.DevIdentity;

/// <summary>
/// An OpenID Connect issuer that resembles Entra ID. It has no database and serves only this machine.
/// </summary>
internal static class IdentityServer
{
    // Entra uses a random lifetime of 60 to 90 minutes.
    private static readonly TimeSpan AccessTokens = TimeSpan.FromMinutes(75);
    private static readonly TimeSpan Codes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RefreshTokens = TimeSpan.FromHours(24);

    public static WebApplication Build(Uri address, KeyFile keys, TimeProvider clock)
    {
        // An empty builder reads no settings or environment variables. Those that set the CMS's addresses do not apply
        // here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            {
                kestrel.Listen(ip, address.Port);
            }
            else
            {
                kestrel.ListenLocalhost(address.Port);
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, IgnoreCtrlC>().AddSingleton(new Spent(clock)).AddSingleton(clock);
        builder.Services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .SetIsOriginAllowed(origin => Loopback.Read(origin) is not null)
                    .AllowAnyHeader()
                    .WithMethods("GET", "POST")
            )
        );
        // Data Protection is not needed here. By default, it would write keys to the developer's home folder.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication();
        builder
            .Services.AddOpenIddict()
            .AddServer(server => Shape(server, new Uri(Tenant.Issuer(address)), keys, clock));

        var app = builder.Build();
        app.Use(RefuseOtherHosts);
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.MapSignIn();
        app.MapToken();
        app.MapSignOut();
        return app;
    }

    private static void Shape(OpenIddictServerBuilder server, Uri issuer, KeyFile keys, TimeProvider clock)
    {
        server
            .EnableDegradedMode()
            .SetIssuer(issuer)
            .SetConfigurationEndpointUris($"/{Tenant.Id}/v2.0/.well-known/openid-configuration")
            .SetJsonWebKeySetEndpointUris($"/{Tenant.Id}/discovery/v2.0/keys")
            .SetAuthorizationEndpointUris(SignInEndpoint.Path)
            .SetTokenEndpointUris(TokenEndpoint.Path)
            .SetEndSessionEndpointUris(SignOutEndpoint.Path)
            .AllowAuthorizationCodeFlow()
            .AllowClientCredentialsFlow()
            .AllowRefreshTokenFlow()
            .RequireProofKeyForCodeExchange()
            .DisableScopeValidation()
            .DisableAccessTokenEncryption()
            .AddSigningKey(keys.Signing)
            .AddEncryptionKey(keys.Encryption)
            .SetAccessTokenLifetime(AccessTokens)
            .SetIdentityTokenLifetime(AccessTokens)
            .SetAuthorizationCodeLifetime(Codes)
            .SetRefreshTokenLifetime(RefreshTokens)
            .Configure(options =>
            {
                options.TimeProvider = clock;
                options.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain);
                options.SubjectTypes.Clear();
                options.SubjectTypes.Add(OpenIddictConstants.SubjectTypes.Pairwise);
            })
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler =>
                handler.UseInlineHandler(RequestRules.CheckSignIn)
            )
            .AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(RequestRules.CheckToken))
            .AddEventHandler<ValidateEndSessionRequestContext>(handler =>
                handler.UseInlineHandler(RequestRules.CheckSignOut)
            )
            .AddEventHandler<HandleConfigurationRequestContext>(handler =>
                handler.UseInlineHandler(EntraShape.Describe)
            )
            .AddEventHandler<ApplyJsonWebKeySetResponseContext>(handler =>
                handler
                    .UseInlineHandler(context => EntraShape.NameIssuer(context, issuer.AbsoluteUri))
                    .SetOrder(int.MinValue)
            )
            .AddEventHandler<GenerateTokenContext>(handler =>
                handler
                    .UseInlineHandler(EntraShape.Trim)
                    .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1)
            )
            .UseAspNetCore()
            .DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableErrorPassthrough();
    }

    // Rejects requests for a foreign host name that DNS resolves to this machine.
    private static Task RefuseOtherHosts(HttpContext http, RequestDelegate next)
    {
        if (Loopback.IsHost(http.Request.Host.Host.Trim('[', ']')))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return http.Response.WriteAsync(
            "The development identity provider accepts requests only to localhost and 127.0.0.1."
        );
    }

    /// <summary>Ignores Ctrl+C. The server that hosts this provider handles it.</summary>
    private sealed class IgnoreCtrlC : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
