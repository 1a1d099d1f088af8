using System.Data.Common;
using System.Text.Json;
using Cms.Changes;
using Cms.Data;
using Cms.Server.GraphQL;
using Cms.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Benchmarks;

/// <summary>The product's own pipeline and the floors beside it, in a process that does nothing else.</summary>
internal static class BenchmarkServer
{
    public static async Task<int> RunAsync(string file, bool countStatements, bool cached)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCms().AddCmsSqlite(file);
        var statements = new StatementCounter();
        if (countStatements)
        {
            builder.Services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(statements));
        }

        if (cached)
        {
            builder.Services.AddSingleton(new CachingSettings()).AddSingleton<AnswerSender>();
        }

        await using var app = builder.Build();
        await app.Services.GetRequiredService<ChangeFeed>().StartAsync(CancellationToken.None);
        app.MapGraphQL("/graphql");
        app.MapGet(
            "/probe",
            (HttpResponse response) =>
                SqlFloor.SendAsync(
                    response,
                    JsonSerializer.SerializeToUtf8Bytes(
                        new { data = new { allocated = GC.GetTotalAllocatedBytes(), statements = statements.Count } }
                    )
                )
        );
        new SqlFloor(file).Map(app);
        BytesFloor.Map(app);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());
        await Console.Out.FlushAsync();

        // The load generator closes our input when it is done or gone.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
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
