using System.Net;
using System.Net.Sockets;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.Published;

/// <summary>Tests the start of the published server, and its error messages. SQL Server is not needed.</summary>
[Needs("process")]
public sealed class PublishedStartTests : IDisposable
{
    private const string NoAnswer =
        "SQL Server does not respond: check that it is running, that the address in ConnectionStrings__Cms is right and that nothing blocks the port.";

    private const string NoGlobalization =
        "SQL Server cannot be used while .NET runs without globalization: unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT and install the ICU libraries (libicu), or set Cms__Database__Provider to Sqlite.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-start-");

    public static TheoryData<string> Commands =>
        ["", "migrate", "import .", "export out", "media verify", "media sweep"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task If_the_port_of_SQL_Server_is_closed_every_command_exits_with_3_and_one_sentence(string command)
    {
        using var process = await StartAsync(command, OnSqlServer(ClosedPort(), "Connect Timeout=2"));

        Assert.Equal((3, "", NoAnswer), await EndAsync(process));
    }

    // By default, the driver waits 15 seconds and EF Core tries six times.
    [Fact]
    public async Task Without_a_timeout_in_the_connection_string_the_server_prints_the_same_sentence()
    {
        using var process = await StartAsync("", OnSqlServer(ClosedPort()));

        Assert.Equal((3, "", NoAnswer), await EndAsync(process));
    }

    [Fact]
    public async Task If_the_port_accepts_connections_but_never_responds_the_server_prints_the_same_sentence()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        using var process = await StartAsync("", OnSqlServer(port, "Connect Timeout=2"));

        Assert.Equal((3, "", NoAnswer), await EndAsync(process));
    }

    [SkippableFact]
    public async Task If_the_driver_does_not_support_the_connection_the_server_prints_the_reason()
    {
        Skip.If(OperatingSystem.IsWindows(), "The driver supports LocalDB on Windows.");
        var settings = OnSqlServer(ClosedPort());
        settings["ConnectionStrings__Cms"] = @"Server=(localdb)\mssqllocaldb;Database=Cms";
        using var process = await StartAsync("", settings);

        Assert.Equal(
            (
                3,
                "",
                "Cannot connect to SQL Server (LocalDB is not supported on this platform): correct ConnectionStrings__Cms, or the server's settings, and start again."
            ),
            await EndAsync(process)
        );
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Without_globalization_every_command_rejects_SQL_Server_with_one_sentence(string command)
    {
        var settings = OnSqlServer(ClosedPort());
        settings["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var process = await StartAsync(command, settings);

        Assert.Equal((3, "", NoGlobalization), await EndAsync(process));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task With_SQLite_the_server_works_with_and_without_globalization(string invariant)
    {
        var settings = ServerDatabase.OnSqlite(_folder.FullName).Environment;
        settings["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = invariant;
        settings["Cms__SampleNewsroom"] = "true";
        using var server = await ServingProcess.StartPublishedAsync(settings);

        var answer = await server.AskAsync(
            """{ article(slug: "the-disk-said-yes") { category { name } } search(query: "cache") { nodes { article { slug } } } }"""
        );

        Assert.Null(answer["errors"]);
        Assert.Equal("Infrastructure", (string?)answer["data"]!["article"]!["category"]!["name"]);
        Assert.NotEmpty(answer["data"]!["search"]!["nodes"]!.AsArray());
        Assert.Equal((0, ""), await server.StopAsync());
    }

    [Fact]
    public async Task If_the_database_is_damaged_an_export_exits_with_3_and_one_sentence()
    {
        var settings = ServerDatabase.OnSqlite(_folder.FullName).Environment;
        using (var migrate = await StartAsync("migrate", settings))
        {
            Assert.Equal(0, (await EndAsync(migrate)).ExitCode);
        }

        await DamageAsync("Personas");
        using var export = await StartAsync("export out", settings);

        var (code, output, complaints) = await EndAsync(export);

        Assert.Equal((3, ""), (code, output));
        Assert.Contains(
            "is damaged or is not a database: restore it from a backup",
            complaints,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', complaints);
    }

    // Overwrites the first page of the table and of each of its indexes in the file.
    private async Task DamageAsync(string table)
    {
        var path = Path.Combine(_folder.FullName, "cms.db");
        List<long> places = [];
        var size = 0;
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
            command.CommandText =
                "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE tbl_name = $table";
            command.Parameters.AddWithValue("$table", table);
            await using var found = await command.ExecuteReaderAsync();
            while (await found.ReadAsync())
            {
                size = found.GetInt32(1);
                places.Add((found.GetInt64(0) - 1) * size);
            }
        }

        Assert.NotEmpty(places);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        foreach (var place in places)
        {
            file.Seek(place, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xFF, size).ToArray());
        }
    }

    private async Task<CmsProcess> StartAsync(string command, IReadOnlyDictionary<string, string> settings) =>
        await CmsProcess.StartPublishedAsync(
            settings,
            command is ""
                ? ["--urls=http://127.0.0.1:0"]
                : command.Split(' ').Select(word => word is "." or "out" ? Path.Combine(_folder.FullName, word) : word)
        );

    private static async Task<(int ExitCode, string Output, string Complaints)> EndAsync(CmsProcess process)
    {
        var (code, output, complaints) = await process.EndAsync();
        return (code, output, complaints.TrimEnd());
    }

    private Dictionary<string, string> OnSqlServer(int port, string more = "") =>
        new(StringComparer.Ordinal)
        {
            ["Cms__DataDirectory"] = _folder.FullName,
            ["Cms__Database__Provider"] = "SqlServer",
            ["ConnectionStrings__Cms"] = FormattableString.Invariant(
                $"Server=127.0.0.1,{port};Database=Cms;User Id=cms;Password=secret;TrustServerCertificate=true;{more}"
            ),
        };

    // Other processes do not get this port during the test, because the system assigns other free ports first.
    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
