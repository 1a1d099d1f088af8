using System.Net;
using System.Text.Json;
using Cms.Data;
using Cms.Server.Access;

namespace Cms.Server.Doctor;

/// <summary>Reads the metadata and the keys of Entra ID, and compares the clocks.</summary>
internal static class SignInCheck
{
    private const string Name = "sign-in";
    private const string Clock = "clock of Entra";

    // A token is accepted if the clocks differ by less than this.
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        if (services.GetService<DevelopmentIdentity>() is not null)
        {
            return [Finding.Ok(Name, "Sample people sign in, without passwords. This is only for development.")];
        }

        if (services.GetService<EntraSettings>() is not { } entra)
        {
            return
            [
                Finding.Warning(
                    Name,
                    "Nobody can sign in, so there are no editors: set AzureAd__TenantId and AzureAd__ClientId, as docs/guides/sign-in.md says."
                ),
            ];
        }

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        http.MaxResponseContentBufferSize = 1_000_000;
        try
        {
            using var metadata = await http.GetAsync(new Uri(entra.MetadataAddress), cancellationToken);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (metadata.StatusCode is not HttpStatusCode.OK)
            {
                return
                [
                    Finding.Failure(
                        Name,
                        FormattableString.Invariant(
                            $"{entra.MetadataAddress} answers {(int)metadata.StatusCode}: check AzureAd__TenantId and AzureAd__Instance."
                        )
                    ),
                ];
            }

            return [await KeysAsync(http, entra, metadata, cancellationToken), .. Clocks(metadata, now)];
        }
        catch (Exception fault)
            when (fault
                    is HttpRequestException
                        or FormatException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return
            [
                Finding.Failure(
                    Name,
                    $"{entra.MetadataAddress} cannot be read ({fault.FirstLine}), so nobody can sign in: check AzureAd__Instance, the DNS and the firewall."
                ),
            ];
        }
    }

    private static async Task<Finding> KeysAsync(
        HttpClient http,
        EntraSettings entra,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        using var metadata = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var issuer = metadata.RootElement.GetProperty("issuer").GetString();
        if (issuer != entra.IssuerOf(entra.TenantId))
        {
            return Finding.Failure(
                Name,
                $"The issuer calls itself {issuer}, not {entra.IssuerOf(entra.TenantId)}, so every token is rejected: correct AzureAd__Instance and AzureAd__TenantId."
            );
        }

        using var keys = JsonDocument.Parse(
            await http.GetStringAsync(
                new Uri(metadata.RootElement.GetProperty("jwks_uri").GetString()!),
                cancellationToken
            )
        );
        var count = keys.RootElement.GetProperty("keys").GetArrayLength();
        return count == 0
                ? Finding.Failure(Name, "The issuer has no keys, so every token is rejected: check AzureAd__Instance.")
            : entra.ClientSecret is null && entra.ManagedIdentity is null
                ? Finding.Warning(
                    Name,
                    "The API accepts tokens, but nobody can sign in with a browser: set AzureAd__ManagedIdentity or AzureAd__ClientSecret."
                )
            : Finding.Ok(Name, FormattableString.Invariant($"The issuer answers, and has {count} keys."));
    }

    // The header has whole seconds. Caches keep it, and add its age.
    private static IEnumerable<Finding> Clocks(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.Date is not { } date)
        {
            yield break;
        }

        var difference = (now - (date + (response.Headers.Age ?? TimeSpan.Zero))).Duration();
        yield return difference < Most
            ? Finding.Ok(Clock, "The clock agrees with that of the issuer.")
            : Finding.Failure(
                Clock,
                FormattableString.Invariant(
                    $"The clock differs from that of the issuer by {difference.TotalSeconds:F0} seconds, so tokens are rejected: set it, for example with NTP."
                )
            );
    }
}
