using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Cms.Server.Tests.Media;

/// <summary>The processor time and memory that malicious files cost a server.</summary>
[Needs("process")]
public sealed class HostileFileTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const long MaxMemory = 100_000_000;
    private static readonly TimeSpan MaxProcessorTime = TimeSpan.FromSeconds(2);

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-hostile-");

    public Task InitializeAsync() => _issuer.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task Malicious_files_cost_the_server_at_most_two_seconds_each_and_100_megabytes()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The limits apply to Linux.");
        // The cost of a file does not depend on the database.
        using var server = await ServingProcess.StartPublishedAsync(
            ServerDatabase.OnSqlite(_folder.FullName).Environment,
            Forged.Person(_issuer, "Author").Sign(),
            _issuer.Settings
        );

        // The first request is not measured, because it also causes one-time costs.
        (await server.PostAsync(Files.Small(1)))
            .EnsureSuccessStatusCode()
            .Dispose();

        var peak = server.PeakMemory;
        List<string> answers = [];
        List<string> slow = [];
        foreach (var (what, file, _) in HostileFiles.All)
        {
            var before = server.ProcessorTime;
            using var response = await server.PostAsync(file);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            answers.Add($"{what}: {(int)response.StatusCode} {body["code"]}".Trim());
            if (response.IsSuccessStatusCode)
            {
                (await server.Client.GetAsync((string)body["url"]!)).EnsureSuccessStatusCode().Dispose();
            }

            var taken = server.ProcessorTime - before;
            output.WriteLine(
                $"{what}: {taken.TotalMilliseconds:F0} ms, {(server.PeakMemory - peak) / 1_000_000} MB more"
            );
            if (taken > MaxProcessorTime)
            {
                slow.Add($"{what}: {taken.TotalSeconds:F1} s");
            }
        }

        Assert.Equal(HostileFiles.All.Select(file => $"{file.What}: {file.Answer}"), answers);
        Assert.Empty(slow);
        Assert.InRange(server.PeakMemory - peak, 1, MaxMemory);
        await server.KillAsync();
    }
}
