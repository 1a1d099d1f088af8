using Cms.Foundation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.IdentityModel.Logging;

namespace Cms.Server.Access;

internal static class AccessServices
{
    // These categories log sign-in codes and complete URLs at levels below Warning.
    private static readonly string[] Sensitive =
    [
        "Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectHandler",
        "Microsoft.AspNetCore.Hosting.Diagnostics",
    ];

    /// <summary>Adds authentication by token and by browser session.</summary>
    /// <param name="certificate">The address of the certificate that encrypts the keys of the key ring; null for none.</param>
    public static void AddAccess(this WebApplicationBuilder builder, EntraSettings? settings, string? certificate)
    {
        IdentityModelEventSource.ShowPII = false;
        IdentityModelEventSource.LogCompleteSecurityArtifact = false;
        foreach (var category in Sensitive)
        {
            builder.Logging.AddFilter(category, LogLevel.Warning);
        }

        // This category writes several lines per token, and warnings about things that are checked elsewhere.
        builder.Logging.AddFilter("Microsoft.IdentityModel.LoggingExtensions", LogLevel.Error);

        builder
            .Services.AddSingleton<BearerTokens>()
            .AddSingleton<BrowserSignIn>()
            .AddSingleton<BadTokens>()
            .AddSingleton<Perspectives>()
            .AddSingleton<SessionEnds>()
            .AddSingleton<ViewerWatches>()
            .AddSingleton<CrossOrigin>()
            .AddSingleton<ViewerMiddleware>()
            .AddSingleton<StaffSightings>()
            .AddHostedService(provider => provider.GetRequiredService<StaffSightings>())
            .AddHostedService<RefusalWatch>()
            .AddSingleton<SessionStore>()
            .AddSingleton<IXmlRepository, KeyRing>();
        var keyRing = builder.Services.AddDataProtection().SetApplicationName("cms");
        if (certificate is { Length: > 0 })
        {
            keyRing.ProtectKeysWith(KeyCertificates.Download(certificate));
        }

        builder.Services.AddSingleton(provider =>
        {
            var keys = provider.GetRequiredService<IDataProtectionProvider>();
            return new Vault(
                (purpose, secret) => keys.CreateProtector(purpose).Protect(secret),
                (purpose, secret) => keys.CreateProtector(purpose).Unprotect(secret)
            );
        });
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<IXmlRepository>((keys, repository) => keys.XmlRepository = repository);
        if (settings is not null)
        {
            builder.Services.AddSingleton(settings).AddSingleton<IssuerKeys>();
            if (settings.ManagedIdentity is { } identity)
            {
                builder.Services.AddSingleton(_ => ClientAssertion.Of(identity));
            }

            BearerTokens.Add(builder.Services, settings);
            BrowserSignIn.Add(builder.Services, settings);
        }
    }

    /// <summary>Adds the middleware that authenticates requests. It must come before the endpoints.</summary>
    public static void UseAccess(this WebApplication app, EntraSettings? settings)
    {
        if (settings is not null)
        {
            app.UseAuthentication();
        }

        app.UseMiddleware<ViewerMiddleware>();
    }
}
