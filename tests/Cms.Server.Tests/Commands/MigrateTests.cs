using Cms.Server.Tests.Support;
using Xunit;

namespace Cms.Server.Tests.Commands;

public sealed class MigrateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-migrate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Of_three_that_migrate_at_once_one_applies_the_migrations_and_the_others_say_so()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Cms__DataDirectory"] = _folder.FullName,
        };
        var processes = Enumerable.Range(0, 3).Select(_ => CmsProcess.Start(settings, "migrate")).ToList();

        var ends = await Task.WhenAll(processes.Select(process => process.EndAsync()));

        processes.ForEach(process => process.Dispose());
        Assert.All(ends, end => Assert.Equal((0, ""), (end.ExitCode, end.Complaints)));
        var winner = Assert.Single(ends, end => end.Output.StartsWith("Applied ", StringComparison.Ordinal)).Output;
        Assert.EndsWith("Done.", winner.TrimEnd(), StringComparison.Ordinal);
        var elsewhere = winner
            .Replace("Applied ", "Another process applied ", StringComparison.Ordinal)
            .Replace("Done.", "The database is up to date.", StringComparison.Ordinal);
        Assert.All(
            ends.Where(end => end.Output != winner),
            // The second is what one prints that came when all was done.
            end =>
                Assert.Contains(end.Output.TrimEnd(), (string[])[elsewhere.TrimEnd(), "The database is up to date."])
        );
    }
}
