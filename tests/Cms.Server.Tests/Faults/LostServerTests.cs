using System.Diagnostics;
using System.Globalization;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.SqlClient;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>The connection to SQL Server is lost, and later comes back.</summary>
[Needs("process")]
public sealed class LostServerTests : FaultSuite
{
    [SkippableFact]
    public async Task While_SQL_Server_is_away_cached_reads_go_on_and_the_rest_gets_503_and_nothing_is_lost()
    {
        Skip.If(TestSqlServer.SkipReason is not null, TestSqlServer.SkipReason);
        await using var database = await ServerDatabase.CreateAsync(Data);
        using (var migrate = await CmsProcess.StartPublishedAsync(database.Environment, "migrate"))
        {
            Assert.Equal(0, (await migrate.EndAsync()).ExitCode);
        }

        SqlConnectionStringBuilder direct = new(database.Environment["ConnectionStrings__Cms"]);
        var address = direct.DataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',');
        using Relay relay = new(
            address[0],
            address.Length > 1 ? int.Parse(address[1], CultureInfo.InvariantCulture) : 1433
        );
        relay.Open();
        SqlConnectionStringBuilder relayed = new(direct.ConnectionString)
        {
            DataSource = string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1,{relay.Port}"),
            TrustServerCertificate = true,
        };
        using var server = await ServingProcess.StartPublishedAsync(
            new Dictionary<string, string>(database.Environment, StringComparer.Ordinal)
            {
                ["ConnectionStrings__Cms"] = relayed.ConnectionString,
                ["Cms__Limits__AnonymousPerSecond"] = "0",
                ["Cms__Limits__SignedInPerSecond"] = "0",
            },
            Token,
            Issuer.Settings
        );
        await ReadyAsync(server);
        await PublishAsync(server, "Before");
        var kept = await KeepAsync(server);

        relay.Close();
        var outage = Stopwatch.StartNew();
        do
        {
            AssertPassing(await CreateAsync(server, "During"), "DATABASE_UNAVAILABLE");
            AssertPassing(await AskAnewAsync(server), "DATABASE_UNAVAILABLE");
            var cached = await AskAnonymouslyAsync(server, Kept);
            Assert.Equal((true, kept), (cached.IsCached, cached.Text));
        } while (outage.Elapsed < Outage);

        relay.Open();
        await ReadyAsync(server);
        await PublishAsync(server, "After");
        Assert.Equal(["After", "Before"], await HeadlinesAsync(server));
        Assert.Equal((0, ""), await server.StopAsync());
    }
}
