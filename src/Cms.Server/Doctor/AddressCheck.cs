using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Cms.Data;
using Cms.Pages;
using Cms.Server.Site;

namespace Cms.Server.Doctor;

/// <summary>Checks the addresses at which the server is reached: TLS, the proxies, and whether it runs.</summary>
internal static class AddressCheck
{
    private const string Public = "public URL";
    private const string Tls = "TLS";
    private const string ProxiesCheck = "proxies";
    private const string Server = "server";

    private static readonly TimeSpan Renewal = TimeSpan.FromDays(14);

    /// <summary>Checks the public address, its certificate, and the settings for proxies.</summary>
    public static async Task<IReadOnlyList<Finding>> PublicAsync(
        WebApplication app,
        CancellationToken cancellationToken
    )
    {
        var site = MountedSite.Read(app.Configuration, app.Environment);
        var media = app.Services.GetRequiredService<CmsSettings>().Media.PublicUrl;
        var isProxied =
            Proxies.Read(app.Configuration).Count > 0
            || string.Equals(app.Configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);
        var own = Own(app.Configuration);
        if (site.Origin is not { } origin)
        {
            return
            [
                MountedSite.IsEnabled(site, app.Environment) && !app.Environment.IsDevelopment()
                    ? Finding.Warning(
                        Public,
                        "Cms__Site__Origin is not set, so links in sitemaps and feeds have the address of each request: set it to the public address of the site."
                    )
                    : Finding.Ok(
                        Public,
                        media.Length > 0 && !new Uri(media).IsLoopback
                            ? $"Images are at {Plain(new Uri(media))}."
                            : "The server has no public address of its own."
                    ),
                Listening(own, isProxied),
            ];
        }

        List<Finding> findings = [.. await ReachAsync(origin, app, cancellationToken)];
        if (origin.Scheme == Uri.UriSchemeHttps && own.All(url => url.Scheme == Uri.UriSchemeHttp) && !isProxied)
        {
            findings.Add(
                Finding.Warning(
                    ProxiesCheck,
                    $"The public address is {Plain(origin)}, but the server itself has no TLS and knows no proxy, so limits count the proxy as one client: set Cms__Proxies to its address."
                )
            );
        }

        return findings;
    }

    /// <summary>Asks the server at the own address whether it is ready.</summary>
    public static async Task<IReadOnlyList<Finding>> OwnAsync(WebApplication app, CancellationToken cancellationToken)
    {
        if (Own(app.Configuration) is not [var own, ..] || own.Port == 0)
        {
            return [];
        }

        // The certificate is for the public name.
        using var http = Client((_, _) => { }, useProxy: false);
        try
        {
            var reached = own.Host is "0.0.0.0" or "[::]" ? new UriBuilder(own) { Host = "localhost" }.Uri : own;
            using var answer = await http.GetAsync(new Uri(reached, "/healthz/ready"), cancellationToken);
            return [await StateAsync(own, answer, cancellationToken)];
        }
        catch (HttpRequestException)
        {
            return [Finding.Ok(Server, $"No server runs at {Plain(own)}.")];
        }
    }

    /// <summary>Checks that the collector of telemetry accepts connections.</summary>
    public static async Task<IReadOnlyList<Finding>> CollectorAsync(
        string collector,
        CancellationToken cancellationToken
    )
    {
        if (!Uri.TryCreate(collector, UriKind.Absolute, out var url))
        {
            return
            [
                Finding.Failure(
                    "telemetry",
                    "OTEL_EXPORTER_OTLP_ENDPOINT is not an address: set it to one such as http://collector.example:4317."
                ),
            ];
        }

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.Host, url.Port, cancellationToken);
            return [Finding.Ok("telemetry", $"{Plain(url)} accepts connections.")];
        }
        catch (SocketException refused)
        {
            return
            [
                Finding.Warning(
                    "telemetry",
                    $"{Plain(url)} cannot be reached ({refused.FirstLine}), so telemetry is lost: start the collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT."
                ),
            ];
        }
    }

    private static async Task<Finding> StateAsync(
        Uri own,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            var status = health.RootElement.GetProperty("status").GetString();
            return status == "ready"
                ? Finding.Ok(Server, $"The server at {Plain(own)} is ready.")
                : Finding.Failure(
                    Server,
                    $"The server at {Plain(own)} is not ready: {health.RootElement.GetProperty("reason").GetString()}"
                );
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Finding.Failure(
                Server,
                $"Another program answers at {Plain(own)}: stop it, or set ASPNETCORE_URLS to a different address."
            );
        }
    }

    private static async Task<IReadOnlyList<Finding>> ReachAsync(
        Uri origin,
        WebApplication app,
        CancellationToken cancellationToken
    )
    {
        X509Certificate2? certificate = null;
        var errors = SslPolicyErrors.None;
        using var http = Client(
            (shown, found) =>
                (certificate, errors) = (
                    shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData()),
                    found
                ),
            useProxy: true
        );
        Finding reached;
        try
        {
            using var answer = await http.GetAsync(new Uri(origin, "/healthz/live"), cancellationToken);
            reached = answer.IsSuccessStatusCode
                ? Finding.Ok(Public, $"{Plain(origin)} answers.")
                : Finding.Warning(
                    Public,
                    FormattableString.Invariant(
                        $"{Plain(origin)}/healthz/live answers {(int)answer.StatusCode}: check that the proxy sends requests to this server."
                    )
                );
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.NameResolutionError)
        {
            reached = Finding.Failure(
                Public,
                $"The name {origin.Host} is not known: create a DNS record, or correct Cms__Site__Origin."
            );
        }
        catch (HttpRequestException fault)
        {
            reached = Finding.Warning(
                Public,
                $"{Plain(origin)} does not answer ({fault.FirstLine}): start the server, or check the proxy and the firewall."
            );
        }

        using (certificate)
        {
            return [reached, .. OfTls(origin, certificate, errors, app.Services.GetRequiredService<TimeProvider>())];
        }
    }

    private static IEnumerable<Finding> OfTls(
        Uri origin,
        X509Certificate2? certificate,
        SslPolicyErrors errors,
        TimeProvider clock
    )
    {
        if (origin.Scheme == Uri.UriSchemeHttp)
        {
            yield return origin.IsLoopback
                ? Finding.Ok(Tls, "The public address is on this machine.")
                : Finding.Warning(
                    Tls,
                    $"{Plain(origin)} has no TLS, so anyone on the way can read and change what readers send and see: use an https address."
                );
        }
        else if (certificate is not null)
        {
            var until = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
            var left = until - clock.GetUtcNow();
            yield return left <= TimeSpan.Zero
                ? Finding.Failure(Tls, $"The certificate of {origin.Host} expired on {until:yyyy-MM-dd}: renew it.")
            : errors is not SslPolicyErrors.None
                ? Finding.Failure(
                    Tls,
                    $"Browsers do not trust the certificate of {origin.Host} ({errors}): install one for this name, from an authority that browsers know, with its chain."
                )
            : left < Renewal
                ? Finding.Warning(
                    Tls,
                    $"The certificate of {origin.Host} expires on {until:yyyy-MM-dd}: renew it, and check why it was not renewed automatically."
                )
            : Finding.Ok(Tls, $"The certificate of {origin.Host} is valid until {until:yyyy-MM-dd}.");
        }
    }

    private static Finding Listening(IReadOnlyList<Uri> own, bool isProxied) =>
        isProxied ? Finding.Ok(Tls, "The proxies in front of the server add TLS.")
        : own.FirstOrDefault(url => url is { IsLoopback: false, Scheme: "http" }) is { } open
            ? Finding.Warning(
                Tls,
                $"The server listens without TLS on {Plain(open)}: put a proxy with TLS in front of it, and set Cms__Proxies to its address."
            )
        : Finding.Ok(Tls, "The server listens on this machine only, or with TLS.");

    // Accepts every certificate, and shows it. Nothing that is received is trusted.
    private static HttpClient Client(Action<X509Certificate?, SslPolicyErrors> show, bool useProxy) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = useProxy,
                SslOptions = new SslClientAuthenticationOptions
                {
#pragma warning disable CA5359 // The doctor reports what is wrong with the certificate, and sends no secret.
                    RemoteCertificateValidationCallback = (_, shown, _, found) =>
                    {
                        show(shown, found);
                        return true;
                    },
#pragma warning restore CA5359
                },
            }
        );

    // The addresses to listen on. Addresses that mean all of the machine's are not those of this machine only.
    private static IReadOnlyList<Uri> Own(IConfiguration configuration)
    {
        var urls = configuration["urls"] is { Length: > 0 } given
            ? given
            : string.Join(
                ';',
                Ports(configuration["http_ports"], "http").Concat(Ports(configuration["https_ports"], "https"))
            );
        return
        [
            .. (urls.Length > 0 ? urls : CmsHost.DefaultUrl)
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(url => url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal))
                .Select(url => url.Replace("://+", "://0.0.0.0", StringComparison.Ordinal))
                .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : null)
                .OfType<Uri>(),
        ];
    }

    private static IEnumerable<string> Ports(string? ports, string scheme) =>
        (ports ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(port => $"{scheme}://0.0.0.0:{port}");

    // Without user names and paths.
    private static string Plain(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
