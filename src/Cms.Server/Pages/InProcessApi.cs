using Cms.Pages;
using Cms.Site;
using Cms.Studio;

namespace Cms.Server.Pages;

/// <summary>The API for the pages of this server: the reader site and the Studio.</summary>
internal static class InProcessApi
{
    // The address is never resolved, because requests do not leave the process.
    private static readonly Uri Inside = new("http://localhost");

    /// <summary>Adds the way to the API.</summary>
    public static void AddInProcessApi(this IServiceCollection services)
    {
        services.AddSingleton<InProcessHandler>();
        services.AddSingleton(provider => new CmsApi(
            CmsApi.ClientOf(provider.GetRequiredService<InProcessHandler>(), Inside),
            new Operations(typeof(SiteHost).Assembly, typeof(StudioHost).Assembly)
        ));
    }

    /// <summary>Returns a client of this server for requests that set their own limits of time.</summary>
    public static HttpClient SlowClientOf(IServiceProvider provider)
    {
        var client = CmsApi.ClientOf(provider.GetRequiredService<InProcessHandler>(), Inside);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    /// <summary>Lets pages send requests through all that follows. Call it before everything else.</summary>
    public static void UseInProcessApi(this WebApplication app)
    {
        var inside = app.Services.GetRequiredService<InProcessHandler>();
        app.Use(inside.Use);
        app.UseRouting();
    }
}
