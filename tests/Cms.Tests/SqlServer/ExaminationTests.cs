using Cms.Data;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>What the doctor finds in SQL Server.</summary>
public sealed class ExaminationTests : IAsyncLifetime
{
    private readonly SqlServerCapture _server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_database_with_all_options_is_ok()
    {
        var findings = await ExamineAsync(new());

        Assert.Equal(
            ["database", "schema", "writing", "snapshots", "full text", "collation", "compatibility"],
            findings.Select(finding => finding.Check)
        );
        Assert.All(findings, finding => Assert.Equal(FindingStatus.Ok, finding.Status));
    }

    [Fact]
    public async Task Every_option_that_is_missing_is_reported_with_what_to_do()
    {
        var findings = await ExamineAsync(
            new()
            {
                Yes = false,
                Columns = new Dictionary<string, object?> { ["is_read_committed_snapshot_on"] = false },
            }
        );

        Assert.Equal(
            [
                ("writing", FindingStatus.Failure),
                ("snapshots", FindingStatus.Warning),
                ("full text", FindingStatus.Warning),
                ("collation", FindingStatus.Failure),
                ("compatibility", FindingStatus.Failure),
            ],
            findings.Skip(2).Select(finding => (finding.Check, finding.Status))
        );
        Assert.All(findings.Skip(2), finding => Assert.Contains(": ", finding.Words, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(PlausibleRows rows)
    {
        IReadOnlyList<Finding> findings = [];
        await _server.RunAsync(
            rows,
            async services => findings = await services.GetRequiredService<IDatabaseProvider>().ExamineAsync(default)
        );
        return findings;
    }
}
