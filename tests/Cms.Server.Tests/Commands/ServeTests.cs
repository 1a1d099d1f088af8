using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Commands;

/// <summary>The command that runs the server.</summary>
[Needs("process")]
public sealed class ServeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-serve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_server_that_is_stopped_while_it_fills_the_database_says_what_it_does_and_ends_quietly()
    {
        var settings = ServerDatabase.OnSqlite(_folder.FullName).Environment;
        settings["Cms__SampleNewsroom"] = "true";
        using var process = CmsProcess.Start(settings, "--urls=http://127.0.0.1:0");
        string? line;
        do
        {
            line = await process.ReadLineAsync();
        } while (line?.Contains("Filling the database with the sample newsroom", StringComparison.Ordinal) is false);

        await process.TerminateAsync();
        var (code, output, complaints) = await process.EndAsync();

        Assert.NotNull(line);
        Assert.Equal((0, ""), (code, complaints));
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }
}
