using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Data;
using Cms.GraphQL.Documents;
using Cms.Server.Articles;
using Cms.Server.Health;
using Cms.Server.Media;
using Cms.Server.Partners;
using Cms.Server.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Cms.Server.Tests.Support;

/// <summary>
/// The server with the sample newsroom, on a loopback port. The SQL statements that it sends are recorded.
/// </summary>
public sealed class NewsroomServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-server-test-");
    private readonly List<BackgroundService> _workOfOthers = [];
    private WebApplication _app = null!;
    private ServerDatabase? _database;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public StatementLog Statements { get; } = new();

    /// <summary>Additional command-line arguments.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Adds or replaces services.</summary>
    public Action<IServiceCollection>? More { get; init; }

    /// <summary>Whether the server runs its timed tasks. Their statements are also recorded.</summary>
    public bool IsClockDriven { get; init; }

    /// <summary>Whether the server sends webhooks, which takes statements at any time.</summary>
    public bool SendsWebhooks { get; init; }

    /// <summary>
    /// Whether the test already has a server with a database. The test is skipped if only one is possible.
    /// </summary>
    public bool IsSecond { get; init; }

    /// <summary>
    /// Whether the clock of the test can be behind the real time, so that the newsroom must be imported at its time.
    /// </summary>
    public bool IsClockInThePast { get; init; }

    /// <summary>The data directory.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The command-line arguments for another server with the same data.</summary>
    public IEnumerable<string> DatabaseArguments => _database!.Arguments;

    public async Task InitializeAsync()
    {
        var isCopied = !ServerDatabase.UsesSqlServer && !IsClockInThePast;
        if (isCopied)
        {
            await ImportedNewsroom.CopyAsync(_folder.FullName);
        }

        _database = isCopied
            ? ServerDatabase.OnSqlite(_folder.FullName)
            : await ServerDatabase.CreateAsync(_folder.FullName, IsSecond);
        _app = CmsHost.Build(
            [
                .. _database.Arguments,
                "--urls=http://127.0.0.1:0",
                "--Cms:Limits:AnonymousPerSecond=0",
                "--Cms:AnonymousIntrospection=true",
                "--Logging:LogLevel:Default=Warning",
                .. Settings,
            ],
            services =>
            {
                services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(Statements));

                // The clock of a test is not that of the database.
                services.AddSingleton<DatabaseClock>(_ => Task.FromResult<DateTimeOffset?>(null));
                if (!IsClockDriven)
                {
                    services.Remove(services.Single(s => s.ImplementationType == typeof(RightsWatch)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(ScheduleWatch)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(StoreSweep)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(TakedownWatch)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(DeliveryWatch)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(UsageWatch)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(UsageSweep)));
                }

                if (!SendsWebhooks)
                {
                    services.Remove(services.Single(s => s.ImplementationType == typeof(WebhookWatch)));
                    services.Remove(services.Single(s => s.ImplementationType == typeof(WebhookSweep)));
                }

                More?.Invoke(services);
            }
        );
        await _database.PrepareAsync(Services);
        if (!isCopied)
        {
            await ImportedNewsroom.ImportAsync(Services);
        }

        await _database.IndexAsync();
        await Services.GetRequiredService<KnownDocuments>().LoadAsync(CmsHost.OperationsFolder);
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    public async Task DisposeAsync()
    {
        if (_database is { } database)
        {
            Client.Dispose();
            await StopWorkAsync();
            await _app.DisposeAsync();
            await database.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Starts another server with the same data. The caller disposes of it first.</summary>
    /// <param name="settings">Additional command-line arguments.</param>
    /// <param name="more">Registers additional services.</param>
    public async Task<WebApplication> StartAnotherAsync(
        IEnumerable<string> settings,
        Action<IServiceCollection>? more = null
    )
    {
        var other = CmsHost.Build(
            [
                .. DatabaseArguments,
                "--urls=http://127.0.0.1:0",
                "--Cms:Limits:AnonymousPerSecond=0",
                "--Logging:LogLevel:Default=Warning",
                .. settings,
            ],
            more
        );
        _workOfOthers.AddRange(WorkOf(other.Services));
        await other.Services.GetRequiredService<KnownDocuments>().LoadAsync(CmsHost.OperationsFolder);
        await other.StartAsync();
        return other;
    }

    private static IEnumerable<BackgroundService> WorkOf(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>();

    // Disposing of a host cancels its background work and does not wait for it, so it could still write to files that are
    // being deleted.
    private async Task StopWorkAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        foreach (var work in WorkOf(Services).Concat(_workOfOthers))
        {
            await work.StopAsync(patience.Token);
        }
    }

    public async Task<JsonNode> QueryAsync(string query, object? variables = null)
    {
        using var response = await Client.PostAsJsonAsync("/graphql", new { query, variables });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>
    /// Sends a query, and returns the response as text for a snapshot. Ids and cursors, which differ in each run, are
    /// masked.
    /// </summary>
    public async Task<string> ReadAsync(string query, object? variables = null) =>
        Masks.Hide(ReadableJson.Write(await QueryAsync(query, variables)));
}

/// <summary>
/// The SQL statements sent to the database, in order. Names are quoted as in SQLite, also for SQL Server.
/// </summary>
public sealed partial class StatementLog : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _statements = [];

    [GeneratedRegex(@"\[(\w+)\]")]
    private static partial Regex BracketedName { get; }

    /// <summary>The exception to throw instead of executing statements; null to execute them.</summary>
    public Exception? Fault { get; set; }

    public IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (_statements.TryDequeue(out var statement))
        {
            taken.Add(statement);
        }

        return taken;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        _statements.Enqueue(BracketedName.Replace(command.CommandText, "\"$1\""));
        return Fault is { } fault ? ValueTask.FromException<InterceptionResult<DbDataReader>>(fault) : new(result);
    }
}
