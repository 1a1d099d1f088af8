using System.Data.Common;
using Cms.Data;
using Cms.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Server.Tests.Support;

/// <summary>
/// The database of a server, until a chosen statement: from then on it answers neither that nor any other, nor a probe, and a caller that cancels is not
/// heard.
/// </summary>
public sealed class HungDatabase : DbCommandInterceptor
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _answering;
    private Func<string, bool>? _isChosen;
    private int _left;

    /// <summary>Puts it between the server and its database.</summary>
    public void StandInFor(IServiceCollection services)
    {
        services.AddInterceptor(this);
        var database = services.Single(service => service.ServiceType == typeof(IDatabaseProvider));
        services.Remove(database);
        services.AddSingleton<IDatabaseProvider>(provider => new Provider(
            this,
            (IDatabaseProvider)ActivatorUtilities.CreateInstance(provider, database.ImplementationType!)
        ));
    }

    /// <summary>Answers until a statement of this kind is sent for this time.</summary>
    public void HangAt(Func<string, bool> statement, int time)
    {
        lock (_gate)
        {
            (_isChosen, _left) = (statement, time);
        }
    }

    /// <summary>Answers again, and also what waits.</summary>
    public void Answer()
    {
        lock (_gate)
        {
            _isChosen = null;
            _answering?.TrySetResult();
            _answering = null;
        }
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        await AnsweringTo(command.CommandText);
        return result;
    }

    private Task AnsweringTo(string statement)
    {
        lock (_gate)
        {
            if (_isChosen?.Invoke(statement) is true && --_left == 0)
            {
                _answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _answering?.Task ?? Task.CompletedTask;
        }
    }

    private sealed class Provider(HungDatabase database, IDatabaseProvider behind) : IDatabaseProvider
    {
        public int IdleConnections => behind.IdleConnections;

        public CmsDbContext CreateReadContext() => behind.CreateReadContext();

        public bool TryReset(DbConnection connection) => behind.TryReset(connection);

        public void Interrupt(DbConnection connection) => behind.Interrupt(connection);

        public DatabaseFault Classify(Exception exception) => behind.Classify(exception);

        public string? Explain(Exception exception) => behind.Explain(exception);

        public async Task ProbeAsync(CancellationToken cancellationToken)
        {
            await database.AnsweringTo("");
            await behind.ProbeAsync(cancellationToken);
        }

        public Task PrepareAsync(CancellationToken cancellationToken) => behind.PrepareAsync(cancellationToken);

        public Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken) =>
            behind.MigrateAsync(cancellationToken);
    }
}
