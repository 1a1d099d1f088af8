using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Redis;
using Cms.Server.Access;
using Cms.Server.Media;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Server.Doctor;

/// <summary>
/// Examines every dependency and setting, whether a server runs or not. It changes nothing. Every problem is a finding with
/// what to do, in a limited time.
/// </summary>
internal static class Examination
{
    private const string Settings = "settings";

    // Settings are read from Azure Key Vault too.
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder raw;
        try
        {
            raw = WebApplication.CreateSlimBuilder(
                new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
            );
        }
        catch (Exception fault) when (fault is IOException or FormatException or UnauthorizedAccessException)
        {
            return [Finding.Failure(Settings, $"appsettings.json cannot be read ({fault.FirstLine}): correct it.")];
        }

        var secrets = new KnownSecrets(raw.Configuration);
        var (app, read) = await ReadAsync(cancellationToken);
        var checks = app is null ? [] : Checks(app);
        var found = await Task.WhenAll(checks.Select(check => check.FindAsync(cancellationToken)));
        return
        [
            .. found
                .SelectMany(findings => findings)
                .Prepend(read)
                .Select(finding => finding with { Words = secrets.RemoveFrom(finding.Words) }),
        ];
    }

    // The application is not disposed of: the program ends, and a dependency that hangs would hold it up.
    private static async Task<(WebApplication? App, Finding Read)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What the product would log is in the findings.
            var app = await Task.Run(
                    () =>
                        CmsHost.Build(
                            [],
                            services =>
                            {
                                services.RemoveAll<ILoggerProvider>();
                                services.SignNothing();
                            }
                        ),
                    cancellationToken
                )
                .WaitAsync(ReadLimit, cancellationToken);
            return (
                app,
                Finding.Ok(Settings, $"The settings are valid. The environment is {app.Environment.EnvironmentName}.")
            );
        }
        catch (CannotStartException refused)
        {
            return (null, Finding.Failure(Settings, $"{refused.Message} Then run doctor again for the other checks."));
        }
        catch (TimeoutException)
        {
            return (
                null,
                Finding.Failure(
                    Settings,
                    "The settings could not be read within 30 seconds: check that this machine can reach Azure Key Vault, and run doctor again for the other checks."
                )
            );
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return (
                null,
                Finding.Failure(
                    Settings,
                    $"The settings cannot be used ({fault.FirstLine}): compare them with docs/reference/settings.md, and run doctor again for the other checks."
                )
            );
        }
    }

    private static List<Check> Checks(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<CmsSettings>();
        List<Check> checks =
        [
            DatabaseCheck(app.Services),
            new(
                "media store",
                settings.Media.IsAzure
                    ? "check that this machine can reach the account in Cms__Media__Azure__ServiceUri, and that the server's identity has the role Storage Blob Data Contributor"
                    : "check that this user may write to Cms__Media__Folder, and that its disk works",
                token => StoreCheck.RunAsync(settings, app.Services.GetRequiredService<IBlobStore>(), token)
            ),
            new("signing key", "correct Cms__Media__SigningKey", _ => Task.FromResult(KeyChecks.OfMedia(settings))),
            new(
                "disk space",
                "check that the folders in Cms__DataDirectory and Cms__Media__Folder exist and can be read",
                _ => Task.FromResult(DiskCheck.Run(settings))
            ),
            new(
                "public URL",
                "check Cms__Site__Origin, the proxy and the firewall",
                token => AddressCheck.PublicAsync(app, token)
            ),
            new("server", "restart the server", token => AddressCheck.OwnAsync(app, token)),
        ];
        if (app.Services.GetService<RedisConnection>() is { } redis)
        {
            checks.Insert(
                2,
                new Check(
                    "Redis",
                    "start Redis, or correct ConnectionStrings__Redis",
                    _ => RedisCheck.RunAsync(redis, settings.Redis.Prefix)
                )
            );
        }

        checks.Insert(
            checks.Count - 2,
            new Check(
                "sign-in",
                "check that this machine can reach AzureAd__Instance",
                token => SignInCheck.RunAsync(app.Services, token)
            )
        );
        if (app.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } collector)
        {
            checks.Add(
                new Check(
                    "telemetry",
                    "start the collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT",
                    token => AddressCheck.CollectorAsync(collector, token)
                )
            );
        }

        return checks;
    }

    // The keys and the clock can be read only if the database can be used.
    private static Check DatabaseCheck(IServiceProvider services) =>
        new(
            "database",
            "check that the database is running, that the address in ConnectionStrings__Cms is right, and that nothing blocks the port",
            async token =>
            {
                var provider = services.GetRequiredService<IDatabaseProvider>();
                var findings = await provider.ExamineAsync(token);
                return
                    findings.All(finding => finding.Status is FindingStatus.Ok)
                    || findings is [{ Status: FindingStatus.Ok }, { Status: FindingStatus.Ok }, ..]
                    ?
                    [
                        .. findings,
                        await ClockAsync(provider, services.GetRequiredService<TimeProvider>(), token),
                        KeyChecks.OfCookies(
                            services.GetRequiredService<IKeyManager>(),
                            services.GetRequiredService<CmsSettings>(),
                            services.GetService<EntraSettings>()
                        ),
                    ]
                    : findings;
            }
        );

    private static async Task<Finding> ClockAsync(
        IDatabaseProvider provider,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (await provider.ClockAsync(cancellationToken) is not { } theirs)
        {
            return Finding.Ok("clock", "The database uses the clock of this machine.");
        }

        var difference = (clock.GetUtcNow() - theirs).Duration();
        return difference <= Health.ClockCheck.Most
            ? Finding.Ok("clock", "The clock agrees with that of the database.")
            : Finding.Failure(
                "clock",
                FormattableString.Invariant(
                    $"The clock differs from that of the database by {difference.TotalSeconds:F0} seconds, so this server would not be ready: set it, for example with NTP."
                )
            );
    }
}
