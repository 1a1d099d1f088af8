using System.Diagnostics;
using Cms.Testing;
using Cms.Tests.SqlServer;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>
/// The hooks of azd, with programs in place of az, azd and sqlcmd that record how they are called.
/// </summary>
[Slow]
public sealed class HookTests : IDisposable
{
    private const string Recorder = """
        #!/bin/sh
        name=$(basename "$0")
        printf '%s %s\n' "$name" "$*" | tr '\n' ' ' >>"$RECORD"
        echo >>"$RECORD"
        for answer in "$ANSWERS/$name".*; do
          [ -f "$answer" ] || continue
          pattern=$(head -n 1 "$answer")
          case " $* " in
            *"$pattern"*)
              sed -n '3,$p' "$answer"
              status=$(sed -n 2p "$answer")
              # An answer with a plus is given once.
              case $status in *+) rm "$answer" ;; esac
              exit "${status%+}"
              ;;
          esac
        done
        exit 0
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-hooks-");
    private int _answers;

    public HookTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Run this test on Linux: the hooks are shell scripts.");
        _folder.CreateSubdirectory("answers");
        foreach (var name in new[] { "az", "azd", "sqlcmd" })
        {
            var path = Path.Combine(_folder.FullName, name);
            File.WriteAllText(path, Recorder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public void After_provisioning_the_users_and_the_keys_exist_and_the_registrations_are_named()
    {
        Answer("az", "keyvault certificate show", 1);
        Answer("az", "keyvault secret show", 1);
        Answer("az", "keyvault show", 0, "/vaults/kv");

        var (status, output, calls) = Run("postprovision.sh");

        Assert.True(status == 0, output);
        Assert.Contains(
            calls,
            call =>
                call.StartsWith(
                    "sqlcmd -S sql.example -d cms --authentication-method ActiveDirectoryDefault",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            calls,
            call =>
                call.Contains(
                    "APP_NAME=id-cms APP_ID=app-id MIGRATION_NAME=id-cms-migration MIGRATION_ID=migration-id",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            calls,
            call => call.Contains("certificate create --vault-name kv --name data-protection", StringComparison.Ordinal)
        );
        Assert.Contains(
            calls,
            call =>
                call.Contains("secret set --vault-name kv --name media-signing-key --file", StringComparison.Ordinal)
        );
        Assert.Contains("azd env set SERVICE_CMS_TEMPLATE_HASH", calls[^1], StringComparison.Ordinal);
        Assert.Contains("https://news.example/signin-oidc", output, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.Contains("az ad app create", StringComparison.Ordinal));

        // The right to create keys is taken back.
        var granted = calls.FindIndex(call => call.Contains("role assignment create", StringComparison.Ordinal));
        var withdrawn = calls.FindIndex(call => call.Contains("role assignment delete", StringComparison.Ordinal));
        Assert.InRange(granted, 0, withdrawn - 1);
    }

    [SkippableFact]
    public void A_second_run_changes_nothing_in_the_vault()
    {
        Answer("az", "keyvault show", 0, "/vaults/kv");

        var (status, output, calls) = Run("keys.sh");

        Assert.True(status == 0, output);
        Assert.DoesNotContain(calls, call => call.Contains(" create ", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains(" set ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void The_firewall_is_open_for_this_machine_only_while_users_are_created()
    {
        Answer("sqlcmd", "-S", "1+", "Client with IP address '203.0.113.7' is not allowed to access the server.");

        var (status, output, calls) = Run("users.sh");

        Assert.True(status == 0, output);
        Assert.Contains(
            calls,
            call =>
                call.Contains("firewall-rule create", StringComparison.Ordinal)
                && call.Contains(
                    "--start-ip-address 203.0.113.7 --end-ip-address 203.0.113.7",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("firewall-rule delete", calls[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void If_the_database_cannot_be_reached_the_hook_says_what_to_do()
    {
        Answer("sqlcmd", "-S", 1, "Login failed.");

        var (status, output, calls) = Run("users.sh");

        Assert.Equal(1, status);
        Assert.Contains("azd hooks run postprovision", output, StringComparison.Ordinal);
        Assert.Single(calls);
    }

    [SkippableFact]
    public void The_registrations_are_made_from_the_manifests_if_the_operator_asks_for_it()
    {
        Answer("az", "ad app create", 0, "the-client-id");
        Answer("az", "account show", 0, "the-tenant");

        var (status, output, calls) = Run("entra.sh", ("CMS_ENTRA", "create"));

        Assert.True(status == 0, output);
        Assert.Contains(
            calls,
            call =>
                call.Contains("rest --method PATCH", StringComparison.Ordinal)
                && call.Contains("appId='the-client-id'", StringComparison.Ordinal)
        );
        Assert.Contains(
            calls,
            call => call.Contains("--identifier-uris api://the-client-id", StringComparison.Ordinal)
        );
        Assert.Contains(
            calls,
            call =>
                call.Contains("federated-credential create --id the-client-id", StringComparison.Ordinal)
                && call.Contains("https://login.microsoftonline.com/the-tenant/v2.0", StringComparison.Ordinal)
                && call.Contains("\"subject\": \"app-principal\"", StringComparison.Ordinal)
        );
        Assert.Contains(calls, call => call == "azd env set CMS_API_CLIENT_ID the-client-id ");
        Assert.DoesNotContain(
            calls,
            call =>
                call.Contains("credential reset", StringComparison.Ordinal)
                || call.Contains("password", StringComparison.OrdinalIgnoreCase)
        );
    }

    [SkippableFact]
    public void The_database_is_migrated_with_the_new_image_before_the_app_gets_it()
    {
        Answer("az", "job start", 0, "migrate-1");
        Answer("az", "execution show", "0+", "Running");
        Answer("az", "execution show", 0, "Succeeded");

        var (status, output, calls) = Run("migrate.sh");

        Assert.True(status == 0, output);
        Assert.Contains(
            "job update --resource-group rg --name migrate --image example.azurecr.io/cms:2",
            calls[0],
            StringComparison.Ordinal
        );
        Assert.Contains("job start", calls[1], StringComparison.Ordinal);
        Assert.Contains("up to date", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_migration_that_fails_stops_the_deployment()
    {
        Answer("az", "job start", 0, "migrate-1");
        Answer("az", "execution show", 0, "Failed");

        var (status, output, _) = Run("migrate.sh");

        Assert.Equal(1, status);
        Assert.Contains("az containerapp job logs show", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_public_host_name_gets_its_certificate_once()
    {
        Answer("az", "certificate list", 0, "/certificates/news");

        var (status, output, calls) = Run("domain.sh", ("CMS_CUSTOM_DOMAIN", "news.example"));
        Assert.True(status == 0, output);
        Assert.Contains("hostname bind", calls[0], StringComparison.Ordinal);
        Assert.Equal("azd env set CMS_CUSTOM_DOMAIN_CERTIFICATE_ID /certificates/news ", calls[^1]);

        var (again, _, more) = Run(
            "domain.sh",
            ("CMS_CUSTOM_DOMAIN", "news.example"),
            ("CMS_CUSTOM_DOMAIN_CERTIFICATE_ID", "/certificates/news")
        );
        Assert.Equal((0, calls.Count), (again, more.Count));
    }

    [Fact]
    public void The_script_that_creates_the_users_is_valid_and_gives_each_its_rights()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "infra", "hooks", "users.sql"));
        var executed = TransactSql.ParseDeep(
            script
                .Replace("$(APP_NAME)", "id-cms", StringComparison.Ordinal)
                .Replace("$(APP_ID)", Guid.Empty.ToString(), StringComparison.Ordinal)
                .Replace("$(MIGRATION_NAME)", "id-cms-migration", StringComparison.Ordinal)
                .Replace("$(MIGRATION_ID)", Guid.Empty.ToString(), StringComparison.Ordinal)
        );
        var rights = script
            .Split('\n')
            .Where(line =>
                line.StartsWith("ALTER ROLE", StringComparison.Ordinal)
                || line.StartsWith("GRANT", StringComparison.Ordinal)
            );

        Assert.NotEmpty(executed);
        TransactSql.Parse("CREATE USER [id-cms] WITH SID = 0x00000000000000000000000000000000, TYPE = E;");
        Assert.Equal(
            [
                "ALTER ROLE db_datareader ADD MEMBER [$(APP_NAME)];",
                "ALTER ROLE db_datawriter ADD MEMBER [$(APP_NAME)];",
                "GRANT EXECUTE TO [$(APP_NAME)];",
                "ALTER ROLE db_ddladmin ADD MEMBER [$(MIGRATION_NAME)];",
                "ALTER ROLE db_datareader ADD MEMBER [$(MIGRATION_NAME)];",
                "ALTER ROLE db_datawriter ADD MEMBER [$(MIGRATION_NAME)];",
            ],
            rights
        );
    }

    private void Answer(string program, string pattern, int status, string output = "") =>
        Answer(program, pattern, $"{status}", output);

    private void Answer(string program, string pattern, string status, string output) =>
        File.WriteAllText(
            Path.Combine(_folder.FullName, "answers", $"{program}.{_answers++:00}"),
            $"{pattern}\n{status}\n{output}\n"
        );

    private (int Status, string Output, List<string> Calls) Run(string hook, params (string Name, string Value)[] more)
    {
        var record = Path.Combine(_folder.FullName, "record");
        var start = new ProcessStartInfo("sh", [Path.Combine(Repository.Root, "infra", "hooks", hook)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        (string Name, string Value)[] environment =
        [
            ("PATH", $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("RECORD", record),
            ("ANSWERS", Path.Combine(_folder.FullName, "answers")),
            ("CMS_HOOK_PAUSE", "0"),
            ("CMS_HOOK_TRIES", "3"),
            ("AZURE_PRINCIPAL_ID", "operator"),
            ("AZURE_RESOURCE_GROUP", "rg"),
            ("CMS_APP_NAME", "cms"),
            ("CMS_ENVIRONMENT_NAME", "cae"),
            ("CMS_IDENTITY_NAME", "id-cms"),
            ("CMS_IDENTITY_CLIENT_ID", "app-id"),
            ("CMS_IDENTITY_PRINCIPAL_ID", "app-principal"),
            ("CMS_MIGRATION_IDENTITY_NAME", "id-cms-migration"),
            ("CMS_MIGRATION_IDENTITY_CLIENT_ID", "migration-id"),
            ("CMS_MIGRATION_JOB", "migrate"),
            ("CMS_ORIGIN", "https://news.example"),
            ("CMS_SQL_HOST", "sql.example"),
            ("CMS_SQL_SERVER", "sql"),
            ("CMS_SQL_DATABASE", "cms"),
            ("CMS_VAULT_NAME", "kv"),
            ("SERVICE_CMS_IMAGE_NAME", "example.azurecr.io/cms:2"),
            .. more,
        ];
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (
            process.ExitCode,
            output + complaints.GetAwaiter().GetResult(),
            File.Exists(record) ? [.. File.ReadAllLines(record)] : []
        );
    }
}
