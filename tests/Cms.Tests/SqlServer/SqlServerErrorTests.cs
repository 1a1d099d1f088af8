using System.Globalization;
using Cms.Data;
using Cms.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>What the driver's own exceptions mean, each raised by the driver from what a server sends.</summary>
public sealed class SqlServerErrorTests : IAsyncLifetime
{
    private static readonly Dictionary<DatabaseFault, int[]> Numbers = new()
    {
        [DatabaseFault.Duplicate] = [2601, 2627],
        [DatabaseFault.Contention] = [1205, 1222, 3960, 3961],
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
            .. (int[])[701, 802, 1203, 1204, 6005, 8628, 8645, 8651, 17142, 17197, 18401],
            .. (int[])[615, 921, 922, 923, 924, 927, 942, 945, 952, 976, 978, 979, 982, 983, 4221],
            .. (int[])[10922, 10928, 10929, 10936, 40143, 40166, 40197, 40501, 40540, 40613, 42108, 42109],
            .. (int[])[49918, 49919, 49920],
        ],
        [DatabaseFault.None] = [102, 207, 208, 245, 515, 547, 2628, 8152],
    };

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

    private IDatabaseProvider Provider => _services.GetRequiredService<IDatabaseProvider>();

    public Task InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCmsSqlServer(_server.ConnectionString);
        services.AddCms();
        _services = services.BuildServiceProvider();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Each_error_number_means_one_thing_however_EF_wraps_it(int number, DatabaseFault fault)
    {
        await using var db = await OpenAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(Raising(number)));

        Assert.Equal(number, Assert.IsType<SqlException>(raised!.GetBaseException()).Number);
        Assert.Equal(fault, Provider.FaultOf(raised));
        Assert.Equal(fault, Provider.FaultOf(new DbUpdateException("Wrapped.", raised)));
    }

    [Theory]
    [InlineData(1205, 3)]
    [InlineData(10054, 3)]
    [InlineData(2627, 1)]
    [InlineData(-2, 1)]
    [InlineData(208, 1)]
    public async Task Only_lost_connections_and_lost_races_are_retried(int number, int attempts)
    {
        await using var db = await OpenAsync();

        await Record.ExceptionAsync(() => db.Database.SqlQueryRaw<int>(Raising(number)).ToListAsync());

        Assert.Equal(attempts, _server.Errors);
    }

    [Theory]
    [InlineData(4060)]
    [InlineData(911)]
    public async Task A_missing_database_has_one_sentence_whatever_the_number(int number)
    {
        _server.LoginError = (number, 11);

        var refused = await Assert.ThrowsAsync<CannotStartException>(() => Provider.PrepareAsync(default));

        Assert.Equal(
            "SQL Server has no such database, or the login may not use it: create the database, or correct ConnectionStrings__Cms.",
            refused.Message
        );
    }

    [Fact]
    public async Task A_refused_login_is_explained()
    {
        _server.LoginError = (18456, 14);

        var refused = await Assert.ThrowsAsync<CannotStartException>(() => Provider.PrepareAsync(default));

        Assert.StartsWith("SQL Server refused the login", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_means_unavailable()
    {
        await _server.DisposeAsync();
        await using var db = await OpenAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.OpenConnectionAsync());

        Assert.Equal(DatabaseFault.Unavailable, Provider.FaultOf(raised!));
        Assert.StartsWith("SQL Server does not answer", Provider.Explain(raised!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_means_unavailable_to_a_probe()
    {
        _server.Hangs = true;

        var raised = await Record.ExceptionAsync(() => Provider.ProbeAsync(default));

        Assert.Contains(Provider.FaultOf(raised!), (DatabaseFault[])[DatabaseFault.Timeout, DatabaseFault.Unavailable]);
    }

    [Fact]
    public async Task A_server_that_answers_passes_the_probe()
    {
        await Provider.ProbeAsync(default);

        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task A_statement_that_its_caller_cancelled_means_cancelled()
    {
        // Number 0 and a class below 20 is what the driver raises then.
        await using var db = await OpenAsync();

        var raised = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("SELECT 1 /*0*/"));

        Assert.Equal(DatabaseFault.Cancelled, Provider.FaultOf(raised!));
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

    private Task<CmsDbContext> OpenAsync() =>
        _services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
}
