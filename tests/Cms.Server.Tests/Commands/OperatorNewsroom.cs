using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.Commands;

/// <summary>The end of a command.</summary>
public sealed record CommandEnd(int ExitCode, string Output, string Complaints)
{
    /// <summary>The document that the command printed. Nothing else is on standard output.</summary>
    public JsonNode Document => JsonNode.Parse(Output)!;
}

/// <summary>Folders for newsrooms on SQLite and for backups, and commands of the published program.</summary>
public sealed class OperatorNewsroom : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-operator-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Makes a newsroom with the samples. Backups of SQLite need no other database.</summary>
    public async Task<string> FilledAsync(string name)
    {
        Skip.If(ServerDatabase.UsesSqlServer, "Backups are of SQLite.");
        var folder = _folder.CreateSubdirectory(name).FullName;
        await ImportedNewsroom.CopyAsync(folder);
        return folder;
    }

    /// <summary>Makes an empty newsroom.</summary>
    public async Task<string> EmptyAsync(string name)
    {
        var folder = PathOf(name);
        await EmptySqlite.CopyAsync(Path.Combine(folder, "cms.db"));
        return folder;
    }

    public static Dictionary<string, string> Settings(string folder) => ServerDatabase.OnSqlite(folder).Environment;

    public static async Task<CommandEnd> RunAsync(
        IReadOnlyDictionary<string, string> settings,
        params IEnumerable<string> arguments
    )
    {
        using var process = await CmsProcess.StartPublishedAsync(settings, arguments);
        var (code, output, complaints) = await process.EndAsync();
        return new CommandEnd(code, output, complaints);
    }

    /// <summary>Runs a command for the newsroom in a folder.</summary>
    public static Task<CommandEnd> RunAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(Settings(folder), arguments);

    /// <summary>Runs a command that succeeds, and returns its document.</summary>
    public static async Task<JsonNode> SucceedAsync(string folder, params IEnumerable<string> arguments)
    {
        var end = await RunAsync(folder, [.. arguments, "--json"]);
        Assert.True(end.ExitCode == 0, $"{end.ExitCode}: {end.Output}\n{end.Complaints}");
        return end.Document;
    }

    /// <summary>Returns the first value of a query.</summary>
    public static async Task<object?> AskAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "cms.db")};Pooling=False"
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
