using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;
using static Cms.Server.Tests.Commands.OperatorNewsroom;

namespace Cms.Server.Tests.Commands;

/// <summary>Backups of images in Azure Blob Storage, and the doctor there.</summary>
[Needs("process"), Needs("Azurite")]
public sealed class AzureBackupTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private readonly OperatorNewsroom _newsroom = new();

    public void Dispose() => _newsroom.Dispose();

    [SkippableFact]
    public async Task Images_are_copied_from_one_container_into_the_folder_and_back_into_another()
    {
        azurite.Require();
        var (live, images, backup) = (
            await _newsroom.FilledAsync("live"),
            _newsroom.PathOf("images"),
            _newsroom.PathOf("backup")
        );

        // The images of the samples move to Azure.
        await SucceedAsync(live, "backup", images, "--media-only");
        Directory.Delete(Path.Combine(live, "media"), recursive: true);
        await RunOkAsync(live, "one", "restore", images);
        await RunOkAsync(live, "one", "media", "verify");
        var doctor = await RunAsync(OnAzure(live, "one"), "doctor", "--json");
        Assert.Contains("A file was written to Azure Blob Storage", doctor.Output, StringComparison.Ordinal);

        await RunOkAsync(live, "one", "backup", backup);
        var target = _newsroom.PathOf("target");
        await RunOkAsync(target, "two", "restore", backup);
        await RunOkAsync(target, "two", "media", "verify");

        // A backup with a database is never replaced by one without.
        var refused = await RunAsync(OnAzure(live, "one"), "backup", backup, "--media-only");
        Assert.Equal(3, refused.ExitCode);
    }

    private async Task RunOkAsync(string folder, string container, params string[] arguments)
    {
        var end = await RunAsync(OnAzure(folder, container), arguments);
        Assert.True(end.ExitCode == 0, $"{end.Output}\n{end.Complaints}");
    }

    private Dictionary<string, string> OnAzure(string folder, string container)
    {
        var settings = Settings(folder);
        settings["Cms__Media__Store"] = "Azure";
        settings["Cms__Media__SigningKey"] = Convert.ToBase64String(new byte[32]);
        settings["Cms__Media__Azure__ConnectionString"] = azurite.ConnectionString;
        settings["Cms__Media__Azure__Container"] = container;
        settings["Cms__Media__Azure__ServiceVersion"] = "2025-11-05";
        return settings;
    }
}
