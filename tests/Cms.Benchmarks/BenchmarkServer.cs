using System.Data.Common;
using System.Text.Json;
using Cms.Changes;
using Cms.Data;
using Cms.Server.Access;
using Cms.Server.GraphQL;
using Cms.Server.Telemetry;
using Cms.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Benchmarks;

/// <summary>Serves the product and the baselines (floors) that it is compared with, in a separate process.</summary>
internal static class BenchmarkServer
{
    public static async Task<int> RunAsync(string file, ServerParts parts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCms().AddCmsSqlite(file);
        builder.AddTelemetry();
        var statements = new StatementCounter();
        if (parts.HasFlag(ServerParts.Statements))
        {
            builder.Services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(statements));
        }

        if (parts.HasFlag(ServerParts.Cached))
        {
            builder.Services.AddSingleton(new CachingSettings()).AddSingleton<AnswerSender>();
        }

        if (parts.HasFlag(ServerParts.Streams))
        {
            builder.Services.AddSingleton(new StreamSettings()).AddSingleton<WebSocketTransport>();
            builder.AddAccess(settings: null, certificate: null);
        }

        await using var app = builder.Build();
        app.UseWebSockets();
        await app.Services.GetRequiredService<ChangeFeed>().StartAsync(CancellationToken.None);
        app.MapGraphQL("/graphql");
        app.MapGet(
            "/probe",
            (HttpResponse response, bool collect = false) =>
                SqlFloor.SendAsync(
                    response,
                    JsonSerializer.SerializeToUtf8Bytes(
                        new { data = Probed(statements, collect) },
                        JsonSerializerOptions.Web
                    )
                )
        );
        app.MapPost("/publish/{changes:int}", Publishing.PublishAsync);
        new SqlFloor(file).Map(app);
        BytesFloor.Map(app);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());
        await Console.Out.FlushAsync();

        // The load generator closes standard input when it has finished or exited.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    private static Probe Probed(StatementCounter statements, bool collect)
    {
        if (collect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return new Probe(
            GC.GetTotalAllocatedBytes(),
            statements.Count,
            Environment.CpuUsage.TotalTime.TotalMilliseconds,
            GC.GetTotalMemory(forceFullCollection: false)
        );
    }

    private sealed class StatementCounter : DbCommandInterceptor
    {
        private int _count;

        public int Count => _count;

        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result
        )
        {
            Interlocked.Increment(ref _count);
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        ) => new(ReaderExecuting(command, eventData, result));
    }
}
