using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.IdentityModel.Logging;

namespace Cms.Server.Access;

internal static class AccessServices
{
    // What these write holds what signs people in: codes, and addresses with everything that stands in them.
    private static readonly string[] Talkative =
    [
        "Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectHandler",
        "Microsoft.AspNetCore.Hosting.Diagnostics",
    ];

    /// <summary>Says who asks: tokens, browser sessions, and the block list over both.</summary>
    public static void AddAccess(this WebApplicationBuilder builder, EntraSettings? settings)
    {
        IdentityModelEventSource.ShowPII = false;
        IdentityModelEventSource.LogCompleteSecurityArtifact = false;
        foreach (var category in Talkative)
        {
            builder.Logging.AddFilter(category, LogLevel.Warning);
        }

        // Several lines about each token, and warnings of what is checked elsewhere; what is wrong with a token we say ourselves.
        builder.Logging.AddFilter("Microsoft.IdentityModel.LoggingExtensions", LogLevel.Error);

        builder
            .Services.AddSingleton<BearerTokens>()
            .AddSingleton<BrowserSignIn>()
            .AddSingleton<BadTokens>()
            .AddSingleton<SessionEnds>()
            .AddSingleton<ViewerWatches>()
            .AddSingleton<CrossOrigin>()
            .AddSingleton<ViewerMiddleware>()
            .AddSingleton<SessionStore>()
            .AddSingleton<IXmlRepository, KeyRing>();
        builder.Services.AddDataProtection().SetApplicationName("cms");
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<IXmlRepository>((keys, repository) => keys.XmlRepository = repository);
        if (settings is not null)
        {
            builder.Services.AddSingleton(settings).AddSingleton<IssuerKeys>();
            BearerTokens.Add(builder.Services, settings);
            BrowserSignIn.Add(builder.Services, settings);
        }
    }

    /// <summary>Before everything that answers.</summary>
    public static void UseAccess(this WebApplication app, EntraSettings? settings)
    {
        if (settings is not null)
        {
            app.UseAuthentication();
        }

        app.UseMiddleware<ViewerMiddleware>();
    }
}
