using Cms.Import;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Support;

/// <summary>
/// A data directory with the sample newsroom. It is made once in each test process and copied for each server, because
/// the import takes longer than most tests.
/// </summary>
internal static class ImportedNewsroom
{
    private static readonly Lazy<Task<DirectoryInfo>> Made = new(MakeAsync);

    /// <summary>Writes a copy to <paramref name="folder" />, which must be empty.</summary>
    public static async Task CopyAsync(string folder)
    {
        var made = (await Made.Value).FullName;
        foreach (var file in Directory.EnumerateFiles(made, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(made, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await EmptySqlite.RenewAsync(FileIn(folder));
    }

    /// <summary>Imports the sample newsroom into a server that has not started.</summary>
    public static async Task ImportAsync(IServiceProvider services)
    {
        var summary = await services
            .GetRequiredService<ImportNewsroom>()
            .Handle(SampleNewsroom.Folder, new ImportOptions(), progress: null, CancellationToken.None);
        Assert.Empty(summary.Refused);
    }

    private static async Task<DirectoryInfo> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cms-server-test-newsroom-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        await using (var database = await ServerDatabase.CreateAsync(folder.FullName))
        await using (var app = CmsHost.Build([.. database.Arguments, "--Logging:LogLevel:Default=Warning"]))
        {
            await database.PrepareAsync(app.Services);
            await ImportAsync(app.Services);
        }

        await EmptySqlite.CloseAsync(FileIn(folder.FullName));
        return folder;
    }

    private static string FileIn(string folder) => Path.Combine(folder, "cms.db");
}
