using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Audit;
using Cms.Data;
using Cms.People;
using Cms.Sqlite;
using Cms.Tools;
using Microsoft.Data.Sqlite;

namespace Cms.Benchmarks;

/// <summary>
/// Measures what the audit log adds to a mutation, beside its floor: the same statements and one hash, without anything
/// else.
/// </summary>
internal static class AuditCost
{
    private const int Runs = 7;

    // The compiler optimises hot methods in the background for some seconds.
    private const int WarmUps = 8;
    private const int Writes = 300;

    private static readonly Actor Erin = new()
    {
        Contributor = Contributor.Person("Erin", "00000000-0000-7000-8000-000000000001"),
        Role = Role.Editor,
    };

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cms-audit-");
        try
        {
            await using var with = await OpenAsync(Path.Combine(folder.FullName, "with.db"), isAudited: true);
            await using var without = await OpenAsync(Path.Combine(folder.FullName, "without.db"), isAudited: false);
            List<double> audited = [];
            List<double> plain = [];
            List<double> floor = [];
            var entry = 0L;
            for (var run = 0; run < WarmUps + Runs; run++)
            {
                var (first, second) = (await WriteAsync(with, run), await WriteAsync(without, run));
                var third = Floor(Path.Combine(folder.FullName, "with.db"), ref entry);

                if (run >= WarmUps)
                {
                    audited.Add(first);
                    plain.Add(second);
                    floor.Add(third);
                }
            }

            LoadTest.Say(
                $"createTool, load {await LoadTest.LoadAverageAsync()}; the median of {Runs} runs of {Writes}, in µs CPU each:"
            );
            LoadTest.Say(
                $"without the audit log {LoadTest.Median(plain):0}; with it {LoadTest.Median(audited):0}; the log costs {LoadTest.Median(audited) - LoadTest.Median(plain):0}; its floor is {LoadTest.Median(floor):0}."
            );
            var verdict = await with.GetRequiredService<VerifyAudit>().Handle(null, default);
            LoadTest.Say($"{verdict.Entries} entries, {verdict.Faults.Count} faults.");
            return verdict.Faults.Count;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ServiceProvider> OpenAsync(string file, bool isAudited)
    {
        var services = new ServiceCollection().AddLogging().AddCms().AddCmsSqlite(file);
        if (!isAudited)
        {
            // AddCms registers the audit log last.
            services.Remove(services.Last(service => service.ServiceType == typeof(ICommitStep)));
        }

        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IDatabaseProvider>().MigrateAsync(CancellationToken.None);
        await provider.GetRequiredService<IDatabaseProvider>().PrepareAsync(CancellationToken.None);
        return provider;
    }

    private static async Task<double> WriteAsync(ServiceProvider services, int run)
    {
        var create = services.GetRequiredService<CreateTool>();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Writes; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Tool {run} {i}");
            await create.Handle(new CreateToolInput { Fields = new ToolFields { Name = name } }, Erin, default);
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / Writes;
    }

    // The statements of an entry in transactions that are rolled back, so that the log stays whole.
    private static double Floor(string file, ref long entry)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var process = Process.GetCurrentProcess();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            UPDATE AuditCounters SET Seq = Seq + 1;
            INSERT INTO AuditEntries (Seq, At, ActorName, Via, Action, Subject, Summary, After, PreviousHash, Hash)
            SELECT Seq, 0, 'Erin', 'Http', 'createTool', 'too_00000000000000000000000000000000', 'Erin created a tool.', $after, Hash, $hash FROM AuditCounters;
            UPDATE AuditCounters SET Hash = $hash;
            """;
        var after = new string('x', 300);
        command.Parameters.AddWithValue("$after", after);
        var hash = command.Parameters.Add("$hash", SqliteType.Text);
        command.Prepare();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Writes; i++)
        {
            hash.Value = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(after + entry++.ToString(CultureInfo.InvariantCulture)))
            );
            command.ExecuteNonQuery();
        }

        process.Refresh();
        var cost = (process.TotalProcessorTime - before).TotalMicroseconds / Writes;
        transaction.Rollback();
        return cost;
    }
}
