using System.Diagnostics;
using System.Globalization;
using Cms.Data;
using Cms.GraphQL;
using Cms.SqlServer;
using Cms.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>
/// Checks how the driver's exceptions are classified. The driver raises them in response to a stub server. Its timeouts
/// are at least one second of real time, so no other test runs in parallel with these.
/// </summary>
[Collection(nameof(SqlServerErrorTests))]
[CollectionDefinition(nameof(SqlServerErrorTests), DisableParallelization = true)]
[Slow]
public sealed class SqlServerErrorTests : IAsyncLifetime
{
    private static readonly Dictionary<DatabaseFault, int[]> Numbers = new()
    {
        [DatabaseFault.Duplicate] = [2601, 2627],
        [DatabaseFault.Contention] =
        [
            .. (int[])[1204, 1205, 1221, 1222, 1232, 1807, 2021, 2816, 3947, 3948, 3950, 3953, 3957, 3960, 3961, 3966],
            .. (int[])[601, 617, 669, 4117, 4184, 41301, 41302, 41305, 41325, 41839],
        ],
        [DatabaseFault.Timeout] = [-2, 258],
        [DatabaseFault.Missing] = [4060, 911, 916],
        [DatabaseFault.LoginRefused] = [18456, 18452, 18470, 18487, 18488],
        [DatabaseFault.PermissionMissing] = [229, 230, 262, 300],
        [DatabaseFault.Full] = [1101, 1105, 9002, 40544],
        [DatabaseFault.ReadOnly] = [3906],
        [DatabaseFault.Damaged] = [823, 824],
        [DatabaseFault.Unavailable] =
        [
            .. (int[])[2, 20, 26, 40, 53, 64, 121, 233, 10053, 10054, 10060, 10061, 11001],
            .. (int[])[701, 802, 1203, 3980, 6005, 8628, 8645, 8651, 9020, 17142, 17197, 18401],
            .. (int[])[615, 921, 922, 923, 924, 926, 927, 941, 942, 945, 952, 976, 978, 979, 982, 983, 988, 997, 4221],
            .. (int[])
                [10922, 10928, 10929, 10930, 10936, 30085, 40143, 40166, 40197, 40501, 40540, 40613, 42108, 42109],
            .. (int[])[40189, 40623, 40642, 40648, 40671, 40675, 40890, 40903, 45182, 49802],
            .. (int[])[49918, 49919, 49920, 49977, 49983],
        ],
        [DatabaseFault.None] = [102, 203, 207, 208, 245, 515, 547, 1801, 2628, 8152],
    };

    // Startup retries after these errors.
    private static readonly int[] TransientNumbers =
    [
        .. (int[])
            [4221, 10922, 10928, 10929, 10930, 10936, 30085, 40143, 40166, 40189, 40197, 40501, 40540, 40613, 40623],
        .. (int[])[40642, 40648, 40671, 40675, 40890, 40903, 42108, 42109, 45182, 49802, 49918, 49919, 49920],
        .. (int[])[49977, 49983],
    ];

    private const string NoDatabase =
        "The database does not exist in SQL Server, or the login has no access to it: create the database, or correct ConnectionStrings__Cms.";

    private readonly TdsStub _server = new();
    private ServiceProvider _services = null!;

    public static TheoryData<int, DatabaseFault> Known
    {
        get
        {
            var known = new TheoryData<int, DatabaseFault>();
            foreach (var (fault, numbers) in Numbers)
            {
                Array.ForEach(numbers, number => known.Add(number, fault));
            }

            return known;
        }
    }

    public static TheoryData<int, bool> Transient
    {
        get
        {
            var transient = new TheoryData<int, bool>();
            Array.ForEach(TransientNumbers, number => transient.Add(number, true));
            Array.ForEach((int[])[4060, 18456, 229, 17142, 927], number => transient.Add(number, false));
            return transient;
        }
    }

    private string Pooled =>
        _server
            .ConnectionString.Replace("Pooling=False", "Max Pool Size=1", StringComparison.Ordinal)
            .Replace("Connect Timeout=2", "Connect Timeout=1", StringComparison.Ordinal);

    private CmsDatabase Writes => _services.GetRequiredService<CmsDatabase>();

    private IDatabaseProvider Provider => _services.GetRequiredService<IDatabaseProvider>();

    public Task InitializeAsync()
    {
        _services = Build(_server.ConnectionString);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Each_error_number_means_one_fault_even_if_EF_wraps_it(int number, DatabaseFault fault)
    {
        await using var db = await OpenAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(Raising(number)));

        Assert.Equal(number, Assert.IsType<SqlException>(raised!.GetBaseException()).Number);
        Assert.Equal(fault, Provider.FaultOf(raised));
        Assert.Equal(fault, Provider.FaultOf(new DbUpdateException("Wrapped.", raised)));
    }

    // The first three pairs occur for a missing database, a snapshot conflict and a lost connection.
    [Theory]
    [InlineData(DatabaseFault.Missing, 4060, 18456)]
    [InlineData(DatabaseFault.Contention, 3621, 3960)]
    [InlineData(DatabaseFault.Unavailable, 2627, 10054)]
    [InlineData(DatabaseFault.Unavailable, 40613, 18456)]
    [InlineData(DatabaseFault.Timeout, 0, -2)]
    public async Task The_most_serious_of_several_errors_sets_the_fault(DatabaseFault fault, int first, int second)
    {
        await using var db = await OpenAsync();

        var both = Raising(first) + Raising(second);
        var raised = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(both));

        Assert.Equal(2, Assert.IsType<SqlException>(raised!.GetBaseException()).Errors.Count);
        Assert.Equal(fault, Provider.FaultOf(raised));
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task Startup_retries_only_transient_errors(int number, bool isTransient)
    {
        _server.LoginError = (number, 14);

        await Assert.ThrowsAsync<CannotStartException>(() => Provider.PrepareAsync(default));

        Assert.Equal(isTransient, _server.Connections > 1);
    }

    [Fact]
    public async Task A_full_connection_pool_is_classified_as_unavailable_and_is_not_retried()
    {
        await using var services = Build(Pooled);
        await using var first = await OpenAsync(services);
        await using var second = await OpenAsync(services);
        await first.Database.OpenConnectionAsync();

        var raised = await Record.ExceptionAsync(() => second.Database.ExecuteSqlRawAsync("SELECT 1"));

        // After several attempts, the retry strategy would wrap the exception.
        Assert.IsType<InvalidOperationException>(raised);
        Assert.Null(raised.InnerException);
        Assert.Equal(DatabaseFault.Unavailable, Provider.FaultOf(raised));
    }

    [Fact]
    public async Task A_connection_closed_before_its_statement_runs_is_classified_as_unavailable()
    {
        await using var connection = new SqlConnection(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand("SELECT 1", connection);
        await connection.CloseAsync();

        var raised = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync());

        Assert.Equal(DatabaseFault.Unavailable, Provider.FaultOf(raised!));
    }

    [Fact]
    public async Task An_exception_from_outside_the_driver_is_not_a_database_fault()
    {
        await using var db = await OpenAsync();
        await db.DisposeAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.OpenConnectionAsync());

        Assert.Equal(DatabaseFault.None, Provider.FaultOf(raised!));
        Assert.Equal(DatabaseFault.None, Provider.FaultOf(new InvalidOperationException("Ours.")));
    }

    [Fact]
    public async Task A_database_that_the_login_is_not_allowed_to_create_is_reported_as_missing()
    {
        (_server.LoginError, _server.RefusedDatabase) = ((911, 16), "cms");
        _server.StatementErrors["CREATE DATABASE"] = 262;

        var refused = await Assert.ThrowsAsync<CannotStartException>(() => Provider.MigrateAsync(default));

        Assert.Equal(NoDatabase, refused.Message);
        Assert.Equal(1, _server.Errors);
    }

    [Fact]
    public async Task A_database_that_another_process_has_just_created_is_not_an_error()
    {
        (_server.LoginError, _server.RefusedDatabase) = ((911, 16), "cms");
        _server.StatementErrors["CREATE DATABASE"] = 1801;

        var refused = await Assert.ThrowsAsync<CannotStartException>(() => Provider.MigrateAsync(default));

        // Startup ignores this error and continues. The next step fails because the stub's database is still missing.
        Assert.Equal(NoDatabase, refused.Message);
        Assert.Equal(911, Assert.IsType<SqlException>(refused.InnerException!.GetBaseException()).Number);
    }

    [Theory]
    [InlineData(1205, 3)]
    [InlineData(10054, 3)]
    [InlineData(2627, 1)]
    [InlineData(-2, 1)]
    [InlineData(208, 1)]
    public async Task Only_lost_connections_and_deadlocks_are_retried(int number, int attempts)
    {
        await using var db = await OpenAsync();

        await Record.ExceptionAsync(() => db.Database.SqlQueryRaw<int>(Raising(number)).ToListAsync());

        Assert.Equal(attempts, _server.Errors);
    }

    [Theory]
    [InlineData(4060)]
    [InlineData(911)]
    public async Task A_missing_database_has_the_same_message_for_every_error_number(int number)
    {
        _server.LoginError = (number, 11);

        var refused = await Assert.ThrowsAsync<CannotStartException>(() => Provider.PrepareAsync(default));

        Assert.Equal(NoDatabase, refused.Message);
    }

    [Fact]
    public async Task A_rejected_login_is_explained()
    {
        _server.LoginError = (18456, 14);

        var refused = await Assert.ThrowsAsync<CannotStartException>(() => Provider.PrepareAsync(default));

        Assert.StartsWith("SQL Server rejected the login", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_classified_as_unavailable()
    {
        await _server.DisposeAsync();
        await using var db = await OpenAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.OpenConnectionAsync());

        Assert.Equal(DatabaseFault.Unavailable, Provider.FaultOf(raised!));
        Assert.StartsWith("SQL Server does not respond", Provider.Explain(raised!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_of_a_server_that_hangs_fails_with_timeout_or_unavailable()
    {
        _server.Hangs = true;

        var raised = await Record.ExceptionAsync(() => Provider.ProbeAsync(default));

        Assert.Contains(Provider.FaultOf(raised!), (DatabaseFault[])[DatabaseFault.Timeout, DatabaseFault.Unavailable]);
    }

    [Fact]
    public async Task A_server_that_responds_passes_the_probe()
    {
        await Provider.ProbeAsync(default);

        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task A_statement_that_its_caller_cancels_is_classified_as_cancelled()
    {
        // The driver reports a cancellation as error number 0 with a severity class below 20.
        await using var db = await OpenAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("SELECT 1 /*0*/"));

        Assert.Equal(DatabaseFault.Cancelled, Provider.FaultOf(raised!));
    }

    [Fact]
    public async Task A_cancellation_that_nobody_requested_is_reported_as_an_unavailable_database()
    {
        await using var db = await OpenAsync();
        var raised = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("SELECT 1 /*0*/"));

        var reported = _services.GetRequiredService<DatabaseErrors>().Of(raised!);

        Assert.Equal("DATABASE_UNAVAILABLE", reported!.Code);
    }

    [Fact]
    public async Task A_write_whose_commit_gets_no_response_may_have_been_saved()
    {
        _server.HangsAtCommit = true;

        var lost = await Assert.ThrowsAsync<DatabaseUnavailableException>(() =>
            Writes.WriteAsync<int>(Newsroom.Erin, (_, _) => Task.FromResult<Result<int>>(1), default)
        );

        Assert.True(lost.MayBeSaved);
        Assert.Contains(
            "It may have been saved: check before you send it again.",
            _services.GetRequiredService<DatabaseErrors>().Of(lost)!.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_write_that_did_not_reach_its_commit_was_not_saved()
    {
        var lost = await Assert.ThrowsAsync<DatabaseUnavailableException>(() =>
            Writes.WriteAsync<int>(
                Newsroom.Erin,
                async (db, token) =>
                {
                    _server.Hangs = true;
                    return await db.Database.ExecuteSqlRawAsync("SELECT 1", token);
                },
                default
            )
        );

        Assert.False(lost.MayBeSaved);
    }

    // By default, the timeout of the driver is 15 seconds and EF Core retries six times.
    [Fact]
    public async Task Startup_fails_after_five_seconds_if_the_port_is_closed_and_no_timeout_is_set()
    {
        await _server.DisposeAsync();
        await using var services = Build(
            _server.ConnectionString.Replace("Connect Timeout=2", "", StringComparison.Ordinal)
        );
        var began = Stopwatch.GetTimestamp();

        await Assert.ThrowsAsync<CannotStartException>(() =>
            services.GetRequiredService<IDatabaseProvider>().PrepareAsync(default)
        );

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(14));
    }

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_explained()
    {
        using var connection = new SqlConnection();

        var raised = Record.Exception(() => connection.ConnectionString = "Server=a;Colour=blue");

        Assert.Equal(DatabaseFault.ConnectionStringInvalid, Provider.FaultOf(raised!));
        Assert.StartsWith("ConnectionStrings__Cms cannot be read", Provider.Explain(raised!), StringComparison.Ordinal);
    }

    private static string Raising(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"SELECT 1 AS Value /*{number}*/");

    private static ServiceProvider Build(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCmsSqlServer(connectionString);
        services.AddCms();
        return services.BuildServiceProvider();
    }

    private Task<CmsDbContext> OpenAsync() => OpenAsync(_services);

    private static Task<CmsDbContext> OpenAsync(ServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
}
