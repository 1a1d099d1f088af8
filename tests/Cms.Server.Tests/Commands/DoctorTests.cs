using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using static Cms.Server.Tests.Commands.OperatorNewsroom;

namespace Cms.Server.Tests.Commands;

/// <summary>The doctor on healthy and on broken installations.</summary>
[Needs("process")]
public sealed class DoctorTests : IAsyncLifetime
{
    private const string Password = "never-print-this-password";

    private readonly OperatorNewsroom _newsroom = new();
    private readonly IssuerForge _issuer = new();

    public Task InitializeAsync() => _issuer.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _newsroom.Dispose();
    }

    [Fact]
    public async Task A_healthy_newsroom_has_no_warnings_beside_a_running_server_and_without_one()
    {
        var folder = await _newsroom.EmptyAsync("healthy");
        Directory.CreateDirectory(Path.Combine(folder, "media"));
        var settings = WithIssuer(Alone(folder));
        using (var server = await ServingProcess.StartPublishedAsync(settings))
        {
            var address = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            settings["ASPNETCORE_URLS"] = address;
            settings["Cms__Site__Origin"] = address;

            var beside = await RunAsync(settings, "doctor", "--json");

            AssertHealthy(beside);
            Assert.Contains("is ready", WordsOf(beside, "server"), StringComparison.Ordinal);
            await server.KillAsync();
        }

        settings.Remove("Cms__Site__Origin");
        var alone = await RunAsync(settings, "doctor", "--json");

        AssertHealthy(alone);
        Assert.Contains("No server runs", WordsOf(alone, "server"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_start_it_says_what_the_server_will_create_and_creates_nothing()
    {
        var folder = Directory.CreateDirectory(_newsroom.PathOf("new")).FullName;
        var settings = WithIssuer(Alone(folder));

        var end = await RunAsync(settings, "doctor");

        Assert.Equal((0, ""), (end.ExitCode, end.Complaints));
        Assert.Contains("cms.db does not exist", end.Output, StringComparison.Ordinal);
        Assert.Contains("0 failures.", end.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Every_broken_dependency_is_a_failure_with_what_to_do_and_no_secret()
    {
        var folder = Directory.CreateDirectory(_newsroom.PathOf("broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "cms.db"), new string('x', 5_000));
        var media = Directory.CreateDirectory(Path.Combine(folder, "media")).FullName;
        await File.WriteAllTextAsync(Path.Combine(media, "tmp"), "A file where a folder should be.");
        await File.WriteAllTextAsync(Path.Combine(media, "signing.key"), "short");
        _issuer.Fails = true;
        var settings = WithIssuer(Alone(folder));
        settings["ASPNETCORE_URLS"] = _issuer.Address.AbsoluteUri;
        settings["Cms__Site__Origin"] = $"https://{Password}@127.0.0.1:{ClosedPort()}";
        settings["ConnectionStrings__Redis"] = $"127.0.0.1:{ClosedPort()},password={Password},connectTimeout=500";
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{ClosedPort()}";

        var end = await RunAsync(settings, "doctor", "--json");

        Assert.Equal((1, ""), (end.ExitCode, end.Complaints));
        AssertFinding(end, "database", "failure", "is damaged or is not a database: restore it from a backup");
        AssertFinding(end, "media store", "failure", "give this user write access");
        AssertFinding(end, "signing key", "failure", "restore it from a backup, or remove it");
        AssertFinding(end, "Redis", "failure", "start it, or correct ConnectionStrings__Redis");
        AssertFinding(end, "sign-in", "failure", "answers 500: check AzureAd__TenantId");
        AssertFinding(end, "server", "failure", "Another program answers");
        AssertFinding(end, "public URL", "warning", "start the server, or check the proxy");
        AssertFinding(end, "telemetry", "warning", "start the collector");
        AssertFinding(end, "disk space", "ok", "MB left");
        AssertWithoutSecrets(end);
    }

    [Fact]
    public async Task Dependencies_that_never_answer_are_failures_too()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var settings = OnSqlServer(port, "");
        settings["AzureAd__TenantId"] = IssuerForge.Tenant;
        settings["AzureAd__ClientId"] = IssuerForge.Client;
        settings["AzureAd__Instance"] = $"http://127.0.0.1:{port}/";
        settings["ConnectionStrings__Redis"] = $"127.0.0.1:{port},password={Password}";
        settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        settings["Cms__Site__Origin"] = $"https://127.0.0.1:{port}";

        var end = await RunAsync(settings, "doctor", "--json");

        Assert.Equal((1, ""), (end.ExitCode, end.Complaints));
        foreach (var check in new[] { "database", "Redis", "sign-in", "public URL", "server" })
        {
            Assert.Equal("failure", StatusOf(end, check));
            Assert.Contains(": ", WordsOf(end, check), StringComparison.Ordinal);
        }

        AssertWithoutSecrets(end);
    }

    [Fact]
    public async Task Settings_that_cannot_be_used_are_one_failure_with_what_to_do()
    {
        var settings = OnSqlServer(ClosedPort(), "Connect Timeout=2");
        settings["Cms__Media__Store"] = "Azure";
        settings["Cms__Media__SigningKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        settings["Cms__Media__Azure__ConnectionString"] = $"AccountKey={Password}";
        var wrong = await RunAsync(settings, "doctor", "--json");
        Assert.Equal(1, wrong.ExitCode);
        AssertFinding(wrong, "settings", "failure", "Cms__Media__Azure__ConnectionString is not valid");
        AssertWithoutSecrets(wrong);

        settings["Cms__Media__Azure__ConnectionString"] =
            $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Convert.ToBase64String("never-print-this-password"u8)};BlobEndpoint=http://127.0.0.1:{ClosedPort()}/devstoreaccount1;";
        var closed = await RunAsync(settings, "doctor", "--json");
        Assert.Equal(1, closed.ExitCode);
        AssertFinding(closed, "settings", "ok", "valid");
        AssertFinding(closed, "database", "failure", "SQL Server does not respond: check that it is running");
        AssertFinding(closed, "media store", "failure", "check that this machine can reach the account");
        AssertFinding(closed, "signing key", "ok", "must be the same on every server");
        AssertFinding(closed, "sign-in", "warning", "Nobody can sign in");
        Assert.DoesNotContain(
            Convert.ToBase64String("never-print-this-password"u8),
            closed.Output,
            StringComparison.Ordinal
        );
        AssertWithoutSecrets(closed);
    }

    [Fact]
    public async Task A_schema_that_is_old_or_newer_than_the_program_is_reported_and_not_changed()
    {
        var folder = await _newsroom.EmptyAsync("schema");
        const string Newest = """(SELECT MAX("MigrationId") FROM "__EFMigrationsHistory")""";
        await AskAsync(folder, $"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = {Newest}""");

        var old = await RunAsync(Alone(folder), "doctor", "--json");
        await AskAsync(folder, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Future', '99.0.0')""");
        var newer = await RunAsync(Alone(folder), "doctor", "--json");

        Assert.Equal(0, old.ExitCode);
        AssertFinding(old, "schema", "warning", "Run backup before");
        Assert.Equal(1, newer.ExitCode);
        AssertFinding(newer, "schema", "failure", "29990101000000_Future");
    }

    [Fact]
    public async Task A_certificate_that_browsers_reject_and_a_wrong_clock_are_failures()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var expired = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(-1));
        using var certificate = X509CertificateLoader.LoadPkcs12(expired.Export(X509ContentType.Pfx), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        app.Run(http =>
        {
            http.Response.Headers.Date = (now - TimeSpan.FromHours(1)).ToString("r", CultureInfo.InvariantCulture);
            return http.Response.WriteAsJsonAsync(
                new Dictionary<string, object>
                {
                    ["status"] = "live",
                    ["issuer"] = "https://other.example/",
                    ["jwks_uri"] = "http://127.0.0.1/",
                }
            );
        });
        await app.StartAsync();
        var settings = Alone(await _newsroom.EmptyAsync("odd"));
        settings["Cms__Site__Origin"] = app.Urls.Single(url => url.StartsWith("https", StringComparison.Ordinal));
        settings["AzureAd__Instance"] = app.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal));
        settings["AzureAd__TenantId"] = IssuerForge.Tenant;
        settings["AzureAd__ClientId"] = IssuerForge.Client;

        var end = await RunAsync(settings, "doctor", "--json");

        Assert.Equal(1, end.ExitCode);
        AssertFinding(end, "TLS", "failure", "expired on");
        AssertFinding(end, "public URL", "ok", "answers");
        AssertFinding(end, "proxies", "warning", "set Cms__Proxies");
        AssertFinding(end, "sign-in", "failure", "calls itself https://other.example/");
        AssertFinding(end, "clock of Entra", "failure", "set it, for example with NTP");
    }

    [Fact]
    public async Task A_full_disk_and_keys_that_another_certificate_encrypts_are_failures()
    {
        var folder = await _newsroom.EmptyAsync("keys");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=lost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var lost = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await AddKeyAsync(folder, lost);
        var settings = Alone(folder);
        // A file system of the kernel has no space.
        settings["Cms__Media__Folder"] = "/proc/cms-media";

        var end = await RunAsync(settings, "doctor", "--json");

        Assert.Equal(1, end.ExitCode);
        AssertFinding(end, "cookie keys", "failure", "1 of 1 keys in the database cannot be decrypted: set");
        Assert.Contains(
            end.Document["checks"]!.AsArray(),
            check =>
                (string?)check!["check"] == "disk space"
                && (string?)check["status"] == "failure"
                && ((string)check["words"]!).Contains("will soon fail: free some space.", StringComparison.Ordinal)
        );
    }

    [SkippableFact]
    [Needs("Redis")]
    public async Task Redis_that_works_is_ok()
    {
        using var redis = await RedisServer.StartAsync();
        var settings = WithIssuer(Alone(await _newsroom.EmptyAsync("redis")));
        settings["ConnectionStrings__Redis"] = redis.ConnectionString;

        var end = await RunAsync(settings, "doctor", "--json");

        Assert.Equal(0, end.ExitCode);
        AssertFinding(end, "Redis", "ok", "answers in");
    }

    [SkippableFact]
    [Needs("Redis")]
    public async Task A_Redis_that_is_too_old_is_a_failure()
    {
        using var redis = await RedisServer.StartAsync();
        var settings = WithIssuer(Alone(await _newsroom.EmptyAsync("old-redis")));
        // Without INFO, the client believes the version in the connection string.
        settings["ConnectionStrings__Redis"] = $"{redis.ConnectionString},$INFO=,version=4.0.14";

        var end = await RunAsync(settings, "doctor", "--json");

        Assert.Equal(1, end.ExitCode);
        AssertFinding(end, "Redis", "failure", "Redis 4.0.14 is too old: install version 5 or later.");
    }

    // No server listens at the address in the settings, whatever else runs on this machine.
    private static Dictionary<string, string> Alone(string folder)
    {
        var settings = Settings(folder);
        settings["ASPNETCORE_URLS"] = FormattableString.Invariant($"http://127.0.0.1:{ClosedPort()}");
        return settings;
    }

    private Dictionary<string, string> WithIssuer(Dictionary<string, string> settings)
    {
        foreach (var setting in _issuer.Settings.Select(argument => argument.TrimStart('-').Split('=', 2)))
        {
            settings[setting[0].Replace(":", "__", StringComparison.Ordinal)] = setting[1];
        }

        return settings;
    }

    private Dictionary<string, string> OnSqlServer(int port, string more)
    {
        var settings = Alone(Directory.CreateDirectory(_newsroom.PathOf("sqlserver")).FullName);
        settings["Cms__Database__Provider"] = "SqlServer";
        settings["ConnectionStrings__Cms"] = FormattableString.Invariant(
            $"Server=127.0.0.1,{port};Database=Cms;User Id=cms;Password={Password};TrustServerCertificate=true;{more}"
        );
        return settings;
    }

    // The key is encrypted for a certificate that this machine does not have.
    private static async Task AddKeyAsync(string folder, X509Certificate2 certificate)
    {
        await using var app = CmsHost.Build([.. ServerDatabase.OnSqlite(folder).Arguments]);
        var services = new ServiceCollection();
        services.AddDataProtection().ProtectKeysWithCertificate(certificate);
        services.Configure<KeyManagementOptions>(options =>
            options.XmlRepository = app.Services.GetRequiredService<IXmlRepository>()
        );
        await using var provider = services.BuildServiceProvider();
        var now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now.AddMinutes(-1), now.AddDays(90));
    }

    private static void AssertHealthy(CommandEnd end)
    {
        Assert.True(end.ExitCode == 0, end.Output);
        Assert.All(
            end.Document["checks"]!.AsArray(),
            check => Assert.True((string?)check!["status"] == "ok", check.ToJsonString())
        );
        Assert.Equal((0, 0), ((int)end.Document["warnings"]!, (int)end.Document["failures"]!));
        string[] checks = ["settings", "database", "schema", "writing", "clock", "cookie keys", "media store"];
        Assert.Subset(
            end.Document["checks"]!.AsArray().Select(check => (string)check!["check"]!).ToHashSet(),
            checks.Concat(["signing key", "disk space", "sign-in", "clock of Entra", "public URL", "TLS"]).ToHashSet()
        );
        AssertWithoutSecrets(end);
    }

    private static void AssertFinding(CommandEnd end, string check, string status, string words)
    {
        Assert.True(StatusOf(end, check) == status, end.Output);
        Assert.Contains(words, WordsOf(end, check), StringComparison.Ordinal);
        Assert.EndsWith(".", WordsOf(end, check), StringComparison.Ordinal);
    }

    private static string? StatusOf(CommandEnd end, string check) => (string?)Find(end, check)["status"];

    private static string WordsOf(CommandEnd end, string check) => (string)Find(end, check)["words"]!;

    private static JsonNode Find(CommandEnd end, string check) =>
        end.Document["checks"]!.AsArray().FirstOrDefault(found => (string?)found!["check"] == check)
        ?? throw new InvalidOperationException($"{check} is not in {end.Output}");

    private static void AssertWithoutSecrets(CommandEnd end)
    {
        foreach (var secret in new[] { Password, IssuerForge.Secret })
        {
            Assert.DoesNotContain(secret, end.Output + end.Complaints, StringComparison.Ordinal);
        }
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
