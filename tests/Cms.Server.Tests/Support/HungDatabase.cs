using System.Data.Common;
using Cms.Data;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Server.Tests.Support;

/// <summary>
/// A database that stops responding at a chosen statement. From then on, it ignores all statements, probes and
/// cancellations.
/// </summary>
public sealed class HungDatabase : DbCommandInterceptor
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _answering;
    private Func<string, bool>? _isChosen;
    private int _left;

    /// <summary>Puts this object between the server and its database.</summary>
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

    /// <summary>Stops responding at the given occurrence (1 is the first) of a matching statement.</summary>
    public void HangAt(Func<string, bool> statement, int time)
    {
        lock (_gate)
        {
            (_isChosen, _left) = (statement, time);
        }
    }

    /// <summary>Responds again, also to waiting statements and probes.</summary>
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

        public CmsDbContext CreateReadContext(Func<DbContextOptions<CmsDbContext>, CmsDbContext>? create = null) =>
            behind.CreateReadContext(create);

        public bool TryReset(DbConnection connection) => behind.TryReset(connection);

        public void Interrupt(DbConnection connection) => behind.Interrupt(connection);

        public ValueTask<IDisposable?> TakeWriteTurnAsync(CancellationToken cancellationToken) =>
            behind.TakeWriteTurnAsync(cancellationToken);

        public DatabaseFault Classify(Exception exception) => behind.Classify(exception);

        public string? Explain(Exception exception) => behind.Explain(exception);

        public async Task ProbeAsync(CancellationToken cancellationToken)
        {
            await database.AnsweringTo("");
            await behind.ProbeAsync(cancellationToken);
        }

        public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) =>
            behind.ExamineAsync(cancellationToken);

        public Task PrepareAsync(CancellationToken cancellationToken) => behind.PrepareAsync(cancellationToken);

        public Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken) =>
            behind.MigrateAsync(cancellationToken);
    }
}
