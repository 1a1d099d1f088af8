using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Cms.Foundation;
using Cms.Webhooks;

namespace Cms.Server.Webhooks;

/// <summary>
/// Sends messages to receivers that nobody can trust: it follows no redirect, uses no proxy and no cookies, waits only a
/// short time, and reads only the beginning of a reply.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const int MaxReplyBytes = 16 * 1024;
    private const int MaxHeaderKilobytes = 16;

    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(15);

    // Names of certificates and hosts change.
    private static readonly TimeSpan Pooled = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public WebhookClient(AddressGuard guard, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                Credentials = null,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
                ConnectTimeout = Connect,
                PooledConnectionLifetime = Pooled,
                MaxResponseHeadersLength = MaxHeaderKilobytes,
                MaxResponseDrainSize = MaxReplyBytes,
                ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
                ConnectCallback = guard.ConnectAsync,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a message once.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong at a receiver is an outcome.")]
    public async Task<AttemptOutcome> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        var (at, began) = (_clock.Now(), _clock.GetTimestamp());
        using var late = new CancellationTokenSource(Total, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        AttemptOutcome outcome;
        try
        {
            outcome = await SendAsync(message, at, either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            outcome = new AttemptOutcome
            {
                At = at,
                Duration = default,
                Error = late.IsCancellationRequested ? "The receiver did not reply within 15 seconds." : ErrorOf(fault),
            };
        }

        return outcome with
        {
            Duration = _clock.GetElapsedTime(began),
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<AttemptOutcome> SendAsync(
        WebhookMessage message,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Url)
        {
            Content = new ReadOnlyMemoryContent(message.Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            },
        };
        request.Headers.Add("User-Agent", "Cms-Webhooks/1.0");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", message.Timestamp);
        request.Headers.Add("webhook-signature", message.Signature);
        using var response = await _http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        var status = (int)response.StatusCode;
        return new AttemptOutcome
        {
            At = at,
            Duration = default,
            Status = status,
            Reply = await ReplyAsync(response, cancellationToken),
            IsGone = response.StatusCode is HttpStatusCode.Gone,
            RetryAfter = response.IsSuccessStatusCode ? null : RetryAfter(response.Headers.RetryAfter),
            Error = status switch
            {
                >= 200 and < 300 => null,
                >= 300 and < 400 =>
                    $"The receiver redirected (status {status}). Webhooks follow no redirect; enter the final address.",
                _ => $"The receiver replied with the status {status}.",
            },
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null);

    // The status decides, so a reply that breaks off is not a failure.
    private static async Task<string?> ReplyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxReplyBytes];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // What was read before is enough.
        }

        return length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string ErrorOf(Exception fault) =>
        fault switch
        {
            _ when Within<AddressRefusedException>(fault) is { } refused => refused.Message,
            _ when Within<SocketException>(fault)
                    is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } =>
                "The name of the receiver has no address.",
            _ when Within<AuthenticationException>(fault) is not null =>
                "The certificate of the receiver is not valid, or TLS failed.",
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                "The headers of the reply were too long.",
            _ when Within<SocketException>(fault) is not null || Within<TimeoutException>(fault) is not null =>
                "The receiver could not be reached.",
            HttpRequestException or IOException => "The connection broke off, or the reply was not HTTP.",
            OperationCanceledException => "The receiver could not be reached within 5 seconds.",
            _ => $"The request failed ({fault.GetType().Name}).",
        };

    private static T? Within<T>(Exception? fault)
        where T : Exception
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is T found)
            {
                return found;
            }
        }

        return null;
    }
}
