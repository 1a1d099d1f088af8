using System.Reflection;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL.Execution;
using Cms.Media.Blobs;
using Cms.Redis;
using Cms.Server.Access;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cms.Server.Telemetry;

/// <summary>
/// Sends traces, metrics and logs with OpenTelemetry, if an endpoint or Azure Monitor is configured. Otherwise nothing
/// listens.
/// </summary>
internal static class TelemetryHosting
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    // The variable and the value with which Azure's own services turn on sign-in with Entra ID.
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Entra = "Authorization=AAD";

    // The hosts that receive webhooks are nobody's business, and there can be many.
    private static readonly string[] ClientTags = ["http.request.method", "http.response.status_code", "error.type"];

    /// <summary>Adds the counting of statements, and telemetry if it is configured.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddSingleton<ServerMetrics>()
            .AddSingleton<StatementTelemetry>()
            .AddSingleton<IChangeReader, ChangeLag>()
            .ConfigureDbContext<CmsDbContext>(
                (services, options) => options.AddInterceptors(services.GetRequiredService<StatementTelemetry>())
            );
        var sendsOtlp = builder.Configuration[Endpoint] is { Length: > 0 };
        var azure = builder.Configuration[AzureMonitor] is { Length: > 0 } connectionString ? connectionString : null;
        if (!sendsOtlp && azure is null)
        {
            return;
        }

        var credential = builder.Configuration[Authentication]?.StartsWith(Entra, StringComparison.OrdinalIgnoreCase)
            is true
            ? new DefaultAzureCredential()
            : null;
        builder.Services.TraceBlobs();

        // These entries name people.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(typeof(RefusalWatch).FullName, LogLevel.None);
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder.Configuration))
            .WithTracing(tracing =>
            {
                tracing
                    .AddSource(ServerTraces.Name, EngineTelemetry.Name, RedisTelemetry.Name)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddProcessor(new Redaction());
                if (builder.Configuration[Sampler] is not { Length: > 0 })
                {
                    tracing.SetSampler(LimitedSampler.Create(TimeProvider.System));
                }

                if (azure is not null)
                {
                    tracing.AddAzureMonitorTraceExporter(exporter => Connect(exporter, azure, credential));
                }
            })
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(ServerMetrics.Name, EngineTelemetry.Name)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddView("http.client.*", new MetricStreamConfiguration { TagKeys = ClientTags })
                    // It counts each request once more.
                    .AddView("aspnetcore.routing.match_attempts", MetricStreamConfiguration.Drop)
                    .AddView("dns.lookup.duration", new MetricStreamConfiguration { TagKeys = ["error.type"] });
                if (azure is not null)
                {
                    metrics.AddAzureMonitorMetricExporter(exporter => Connect(exporter, azure, credential));
                }
            })
            .WithLogging(
                logging =>
                {
                    if (azure is not null)
                    {
                        logging.AddAzureMonitorLogExporter(exporter => Connect(exporter, azure, credential));
                    }
                },
                options =>
                {
                    options.IncludeFormattedMessage = true;

                    // The scopes of a request contain its path.
                    options.IncludeScopes = false;
                }
            );
        if (sendsOtlp)
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static void Connect(
        AzureMonitorExporterOptions exporter,
        string connectionString,
        DefaultAzureCredential? credential
    ) => (exporter.ConnectionString, exporter.Credential) = (connectionString, credential);

    private static void Describe(ResourceBuilder resource, ConfigurationManager configuration) =>
        resource.AddService(
            configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "cms",
            serviceVersion: typeof(TelemetryHosting)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion
        );

    private static void TraceBlobs(this IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(IBlobStore)) is not { } found)
        {
            return;
        }

        services.Remove(found);
        services.AddSingleton<IBlobStore>(provider => new TracedBlobStore(
            (IBlobStore)(found.ImplementationInstance ?? found.ImplementationFactory!(provider))
        ));
    }
}
