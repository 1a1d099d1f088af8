using System.Reflection;
using Azure.Monitor.OpenTelemetry.Exporter;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL.Execution;
using Cms.Media.Blobs;
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
    private const string Azure = "APPLICATIONINSIGHTS_CONNECTION_STRING";

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
        var azure = builder.Configuration[Azure] is { Length: > 0 } connectionString ? connectionString : null;
        if (!sendsOtlp && azure is null)
        {
            return;
        }

        builder.Services.TraceBlobs();

        // These entries name people.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(typeof(RefusalWatch).FullName, LogLevel.None);
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder.Configuration))
            .WithTracing(tracing =>
            {
                tracing
                    .AddSource(ServerTraces.Name, EngineTelemetry.Name)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddProcessor(new Redaction());
                if (azure is not null)
                {
                    tracing.AddAzureMonitorTraceExporter(exporter => exporter.ConnectionString = azure);
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
                    .AddView("dns.lookup.duration", new MetricStreamConfiguration { TagKeys = ["error.type"] });
                if (azure is not null)
                {
                    metrics.AddAzureMonitorMetricExporter(exporter => exporter.ConnectionString = azure);
                }
            })
            .WithLogging(
                logging =>
                {
                    if (azure is not null)
                    {
                        logging.AddAzureMonitorLogExporter(exporter => exporter.ConnectionString = azure);
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
