using System.Net;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using Cms.Import;
using Cms.Pages;
using Cms.Server.Access;
using Cms.Server.Articles;
using Cms.Server.Docs;
using Cms.Server.Explorer;
using Cms.Server.Feeds;
using Cms.Server.GraphQL;
using Cms.Server.Health;
using Cms.Server.Imports;
using Cms.Server.Media;
using Cms.Server.Pages;
using Cms.Server.Partners;
using Cms.Server.Site;
using Cms.Server.Studio;
using Cms.Server.Telemetry;
using Cms.Server.Webhooks;
using Cms.Site;
using Cms.Studio;
using Microsoft.AspNetCore.ResponseCompression;

namespace Cms.Server;

/// <summary>Builds the application: services, routes and logging.</summary>
internal static class CmsHost
{
    private const string DefaultUrl = "http://localhost:5080";

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    // The settings for the addresses to listen on, such as ASPNETCORE_URLS and --urls.
    private static readonly string[] Addresses = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>The folder of the trusted documents, next to the program.</summary>
    public static string OperationsFolder { get; } = Path.Combine(AppContext.BaseDirectory, "operations");

    /// <summary>Builds the application, without opening the database or listening for requests.</summary>
    /// <exception cref="CannotStartException">The settings are incomplete or not valid.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        if (!Addresses.Any(name => builder.Configuration.GetSection(name).Exists()))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        if (builder.Environment.IsDevelopment() && OwnAddress(builder.Configuration) is { } own)
        {
            // Front ends in development run on other ports, where image URLs without a host do not work.
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Cms:Media:PublicUrl", (string?)own)]);
        }

        var settings = CmsSettings.Read(builder.Configuration);
        if (settings.ForcedPauses > 0 && builder.Environment.IsProduction())
        {
            throw new CannotStartException(
                "Cms__ForcedPauses slows down reads for tests and must not be set in production: unset it, or set ASPNETCORE_ENVIRONMENT to an environment other than Production."
            );
        }

        ForcedPauses.Set(settings.ForcedPauses);
        if (DevelopmentIdentity.Find(settings, builder.Configuration, builder.Environment) is { } identity)
        {
            builder.Configuration.AddInMemoryCollection(identity.Settings);
            builder.Services.AddSingleton(identity);
        }

        var entra = EntraSettings.Read(builder.Configuration);
        var origins = AllowedOrigins.Read(builder.Configuration, builder.Environment.IsDevelopment());
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);

            // Hide the warning that cookie keys are stored unencrypted, which does not matter in development.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        }
        else
        {
            builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = BearerTokens.MaxLength;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = BearerTokens.MaxLength;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        builder.Services.AddProblemDetails();

        // Compression does not allow BREACH attacks: responses repeat little of the request and contain no secrets.
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, MediaTypes.ResponseJson];
        });
        builder
            .Services.AddSingleton(settings)
            .AddSingleton(settings.Site)
            .AddSingleton(settings.Embeds.ToHosts())
            .AddSingleton(settings.Newsroom.ToTime())
            .AddSingleton(settings.Caching)
            .AddSingleton(settings.Limits)
            .AddSingleton(settings.Streams)
            .AddSingleton(origins)
            .AddSingleton<WebSocketTransport>()
            .AddSingleton(new DocumentSettings(settings.AnonymousDocuments))
            .AddSingleton(settings.Cost)
            .AddSingleton(settings.Gate)
            .AddSingleton(
                new EngineSettings(
                    settings.MaxDuration,
                    settings.AnonymousIntrospection ?? builder.Environment.IsDevelopment(),
                    settings.SlowOperation > TimeSpan.Zero ? settings.SlowOperation : null
                )
            )
            .AddSingleton<RequestLimiter>()
            .AddSingleton<DatabaseOutages>()
            .AddSingleton<AnswerSender>()
            .AddSingleton<Readiness>()
            .AddSingleton<ClockCheck>()
            .AddSingleton<DatabaseClock>(provider => provider.GetRequiredService<IDatabaseProvider>().ClockAsync)
            .AddSingleton<WarmUp>()
            .AddSingleton<SampleNewsroom>()
            .AddSingleton<SamplePartners>()
            .AddHostedService<UsageWatch>()
            .AddHostedService<UsageSweep>()
            .AddHostedService<ScheduleWatch>()
            .AddHostedService<MutationWatch>()
            .AddHostedService<PreviewLinkWatch>();
        builder.AddWebhookSender(settings.Webhooks);
        builder.AddTakedowns();
        builder.Services.AddMediaStore(settings);
        settings.AddDatabase(builder.Services, builder.Configuration);
        settings.AddSharing(builder.Services, builder.Configuration);
        builder.Services.AddCms().AddImport();
        builder.AddAccess(entra, settings.DataProtection.Certificate);
        var site = MountedSite.Read(builder.Configuration, builder.Environment);
        var proxies = ReadProxies(builder.Configuration);
        var hasSite = MountedSite.IsEnabled(site, builder.Environment);
        if (hasSite)
        {
            builder.AddMountedSite(site, entra);
        }

        if (site is { Hub: { } hub, Origin: { } origin })
        {
            builder.Services.AddWebSub(hub, origin.AbsoluteUri.TrimEnd('/'));
        }

        var hasStudio = MountedStudio.IsEnabled(settings, entra);
        if (hasStudio)
        {
            builder.Services.AddMountedStudio(settings, entra!, site, hasSite);
        }

        if (hasSite || hasStudio)
        {
            builder.Services.AddInProcessApi();
        }

        builder.AddTelemetry();
        more?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseProxies(proxies);
        if (hasSite || hasStudio)
        {
            app.UseInProcessApi();
        }

        app.UseMiddleware<CrossOrigin>();
        app.UseExceptionHandler();
        app.UseMiddleware<DatabaseOutages>();
        app.UseWebSockets();
        app.UseAccess(entra);
        app.UseResponseCompression();
        if (hasStudio)
        {
            app.UseStudio();
            app.MapStudio();
        }

        app.MapGraphQL("/graphql");
        app.MapImages();
        app.MapUploads();
        app.MapImports();
        app.MapSignIn();
        app.MapHealth();
        app.MapExplorer();
        app.MapDocs();
        app.MapReceiptKeys();
        if (hasSite)
        {
            app.MapSite();
        }
        else
        {
            app.MapWelcome();
        }

        return app;
    }

    private static IReadOnlyList<IPNetwork> ReadProxies(ConfigurationManager configuration)
    {
        try
        {
            return Proxies.Read(configuration);
        }
        catch (InvalidOperationException problem)
        {
            throw new CannotStartException(problem.Message, problem);
        }
    }

    // Returns the first loopback address to listen on; null if there is none or if Cms__Media__PublicUrl is set.
    private static string? OwnAddress(ConfigurationManager configuration) =>
        string.IsNullOrEmpty(configuration["Cms:Media:PublicUrl"])
            ? configuration[WebHostDefaults.ServerUrlsKey]
                ?.Split(';')
                .FirstOrDefault(url =>
                    Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { IsLoopback: true, Port: > 0 }
                )
            : null;
}
