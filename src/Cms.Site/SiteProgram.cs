using System.Globalization;
using System.Net;
using Cms.Site.Api;

namespace Cms.Site;

/// <summary>Runs the reader site by itself, in front of an API at <c>Cms__Api__Url</c>.</summary>
internal static class SiteProgram
{
    private const string DefaultUrl = "http://localhost:5090";

    // The settings for the addresses to listen on. Container images set http_ports.
    private static readonly string[] Addresses = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    public static async Task<int> Main(string[] args)
    {
        // Pages must not depend on the machine's language settings.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture =
            CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        if (!Addresses.Any(name => builder.Configuration.GetSection(name).Exists()))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (!Uri.TryCreate(builder.Configuration["Cms:Api:Url"], UriKind.Absolute, out var api))
        {
            await Console.Error.WriteLineAsync(
                "The site needs the address of the API: set Cms__Api__Url, for example to http://localhost:5080."
            );
            return 1;
        }

        SiteSettings settings;
        IReadOnlyList<IPNetwork> proxies;
        try
        {
            proxies = Proxies.Read(builder.Configuration);
            settings = SiteSettings.Read(builder.Configuration, builder.Environment);
        }
        catch (InvalidOperationException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }

        builder.Services.AddSite(settings);
        builder.Services.AddRemoteApi(api);
        var app = builder.Build();
        app.UseProxies(proxies);
        app.MapSite();
        app.MapForwardedImages(api);
        await app.RunAsync();
        return 0;
    }
}
