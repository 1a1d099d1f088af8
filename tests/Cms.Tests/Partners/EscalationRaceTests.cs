using System.Data.Common;
using Cms.Articles;
using Cms.Partners.Takedowns;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>
/// SQLite allows one writer at a time, so an interceptor simulates another server that tells the editors first, as it can
/// on SQL Server.
/// </summary>
public sealed class EscalationRaceTests(SqliteTestDatabase database)
    : PartnerSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Of_two_servers_that_find_the_same_deadline_the_second_changes_nothing()
    {
        var article = await PublishedAsync("Overdue story");
        var partner = await PartnerAsync("Overdue Post", new { });
        await AskAsync(partner, "{ articles { nodes { id } } }");
        await TakedownAsync(article, Database.Clock.GetUtcNow() + Hour);
        Database.Clock.Advance(2 * Hour);
        var first = Database.Clock.GetUtcNow().AddMinutes(-1);
        var faster = new FasterServer(first);
        await using var server = await Database.BuildAsync(services => services.AddInterceptor(faster));
        var entries = await EntriesAsync();

        await server.GetRequiredService<EscalateTakedowns>().Handle(default);

        Assert.Equal(1, faster.Escalations);
        Assert.Equal(first, await EscalatedAtAsync(article.Id));
        Assert.Equal(entries, await EntriesAsync());
    }

    private async Task<DateTimeOffset?> EscalatedAtAsync(ArticleId article)
    {
        await using var db = await OpenAsync();
        return await db.Takedowns.Where(t => t.ArticleId == article).Select(t => t.EscalatedAt).SingleAsync();
    }

    private async Task<int> EntriesAsync()
    {
        await using var db = await OpenAsync();
        return await db.AuditEntries.CountAsync();
    }

    /// <summary>Tells the editors just before the server does.</summary>
    private sealed class FasterServer(DateTimeOffset at) : DbCommandInterceptor
    {
        public int Escalations { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Escalate(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Escalate(command);
            return new(result);
        }

        private void Escalate(DbCommand command)
        {
            if (!command.CommandText.Contains("UPDATE \"Takedowns\"", StringComparison.Ordinal) || Escalations > 0)
            {
                return;
            }

            Escalations++;
            using var other = command.Connection!.CreateCommand();
            other.Transaction = command.Transaction;
            other.CommandText = "UPDATE \"Takedowns\" SET \"EscalatedAt\" = $at WHERE \"EscalatedAt\" IS NULL";
            var parameter = other.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("$at", at.ToUnixTimeMilliseconds());
            other.Parameters.Add(parameter);
            Assert.Equal(1, other.ExecuteNonQuery());
        }
    }
}
