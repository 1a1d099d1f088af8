using Cms.Site.Api;
using Cms.Site.Articles.Share;
using Cms.Site.Layout;
using Cms.Site.Live;
using Cms.Site.Pages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Site;

/// <summary>Adds the reader site to a program.</summary>
public static class SiteServices
{
    // After this time, a change of the API's address in DNS is seen.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds what the site needs, except the way to the API.</summary>
    public static IServiceCollection AddSite(this IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<SiteAssets>().AddSingleton<SitePages>().AddSingleton<SharePages>();
        services.AddSingleton<LiveChanges>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveChanges>());
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Adds the way to an API on another server.</summary>
    public static IServiceCollection AddRemoteApi(this IServiceCollection services, Uri api) =>
        services
            .AddSingleton(new CmsApi(RemoteClientOf(api), SiteHost.Operations))
            .AddSingleton(provider => new SiteHost
            {
                Revalidate = provider.GetRequiredService<SiteSettings>().Revalidate,
            });

    /// <summary>Returns a client of an API on another server.</summary>
    internal static HttpClient RemoteClientOf(Uri api) =>
        RemoteClientOf(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                PooledConnectionLifetime = ConnectionLifetime,
            },
            api
        );

    /// <summary>Returns a client of an API on another server that names the reader in each request.</summary>
    internal static HttpClient RemoteClientOf(HttpMessageHandler handler, Uri api) =>
        CmsApi.ClientOf(new ReaderAddress(handler), api);
}
