using Cms.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Sqlite;

public sealed class SqliteErrorTests : IAsyncLifetime
{
    private readonly SqliteServers _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Theory]
    [InlineData(19, 2067, DatabaseFault.Duplicate)]
    [InlineData(19, 1555, DatabaseFault.Duplicate)]
    [InlineData(19, 787, DatabaseFault.None)]
    [InlineData(5, 5, DatabaseFault.Contention)]
    [InlineData(5, 517, DatabaseFault.Contention)]
    [InlineData(6, 262, DatabaseFault.Contention)]
    [InlineData(9, 9, DatabaseFault.Cancelled)]
    [InlineData(3, 3, DatabaseFault.ReadOnly)]
    [InlineData(8, 8, DatabaseFault.ReadOnly)]
    [InlineData(10, 778, DatabaseFault.Unavailable)]
    [InlineData(15, 15, DatabaseFault.Contention)]
    [InlineData(13, 13, DatabaseFault.Full)]
    [InlineData(14, 14, DatabaseFault.Missing)]
    [InlineData(11, 11, DatabaseFault.Damaged)]
    [InlineData(26, 26, DatabaseFault.Damaged)]
    [InlineData(1, 1, DatabaseFault.None)]
    public void Each_result_code_means_one_fault_even_if_EF_wraps_it(int code, int extended, DatabaseFault fault)
    {
        var provider = _servers.StartDatabase();
        var raised = new SqliteException("Raised.", code, extended);

        Assert.Equal(fault, provider.FaultOf(raised));
        Assert.Equal(fault, provider.FaultOf(new DbUpdateException("Wrapped.", raised)));
    }
}
