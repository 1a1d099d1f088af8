using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Cms.Server.Access;

/// <summary>
/// Fetches the issuer's metadata and signing keys. The library's own manager uses a withdrawn key for hours, and if the
/// issuer hangs before any keys are known, its callers wait one after another. Here all callers wait for the same
/// fetch. It takes a few seconds at most and runs at most once per refresh interval, whatever key ids clients send.
/// Until it ends, the known keys stay in use.
/// </summary>
internal sealed partial class IssuerKeys
    : BaseConfigurationManager,
        IConfigurationManager<OpenIdConnectConfiguration>,
        IDisposable
{
    // Callers wait for a fetch if the keys are older than this many refresh intervals.
    private const int Stale = 10;

    private readonly EntraSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<IssuerKeys> _log;
    private readonly HttpClient _http;
    private readonly Lock _gate = new();
    private OpenIdConnectConfiguration? _known;
    private long _fetchedAt;
    private long? _triedAt;
    private bool _isWanted;
    private bool _hasFailed;
    private Task? _fetching;

    public IssuerKeys(EntraSettings settings, TimeProvider clock, ILogger<IssuerKeys> log)
    {
        (_settings, _clock, _log) = (settings, clock, log);
        MetadataAddress = settings.MetadataAddress;
        _http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }
        )
        {
            Timeout = settings.IssuerTimeout,
            MaxResponseContentBufferSize = 1_000_000,
        };

        // Do not fall back to earlier keys, which may have been withdrawn.
        UseLastKnownGoodConfiguration = false;
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) =>
        await GetConfigurationAsync(cancel);

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        await NeededFetch().WaitAsync(cancel);

        lock (_gate)
        {
            return _known ?? throw new IssuerUnknownException();
        }
    }

    /// <summary>
    /// Returns whether the issuer responded to the latest fetch. Fetches again first, if the refresh interval has passed.
    /// </summary>
    public async Task<bool> RespondsAsync(CancellationToken cancel)
    {
        Task? fetching;
        lock (_gate)
        {
            if (_fetching is null && IsDue)
            {
                Begin();
            }

            fetching = _fetching;
        }

        await (fetching ?? Task.CompletedTask).WaitAsync(cancel);
        lock (_gate)
        {
            return !_hasFailed && _known is not null;
        }
    }

    /// <summary>Requests a fetch because a token names an unknown key.</summary>
    public override void RequestRefresh()
    {
        lock (_gate)
        {
            _isWanted = true;
        }
    }

    public void Dispose() => _http.Dispose();

    // Returns the fetch to wait for, or a completed task if there is nothing to wait for.
    private Task NeededFetch()
    {
        lock (_gate)
        {
            var age = _known is null ? TimeSpan.MaxValue : _clock.GetElapsedTime(_fetchedAt);
            var isOld = age >= _settings.JwksRefresh;
            var mustWait = _isWanted || _known is null || age >= _settings.JwksRefresh * Stale;
            if (_fetching is null && IsDue && (isOld || _isWanted))
            {
                Begin();
            }

            // Discard a request that came too soon after the last fetch. Otherwise, it would cause another fetch later.
            _isWanted = false;
            return mustWait ? _fetching ?? Task.CompletedTask : Task.CompletedTask;
        }
    }

    private bool IsDue => _triedAt is not { } tried || _clock.GetElapsedTime(tried) >= _settings.JwksRefresh;

    private void Begin()
    {
        _triedAt = _clock.GetTimestamp();
        _isWanted = false;
        _fetching = Task.Run(FetchAsync);
    }

    // If the fetch fails, the known keys stay in use.
    private async Task FetchAsync()
    {
        OpenIdConnectConfiguration? found = null;
        try
        {
            using var timeout = new CancellationTokenSource(_settings.IssuerTimeout);
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = !_settings.IsLocal };
            found = await OpenIdConnectConfigurationRetriever.GetAsync(MetadataAddress, documents, timeout.Token);
            if (found.SigningKeys.Count == 0)
            {
                found = null;
                LogWithoutKeys(MetadataAddress);
            }
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or InvalidOperationException
                        or OperationCanceledException
                        or ArgumentException
                        or HttpRequestException
                        or System.Text.Json.JsonException
                        or SecurityTokenException
            )
        {
            LogUnreachable(MetadataAddress, fault.GetType().Name);
        }

        lock (_gate)
        {
            if (found is not null)
            {
                (_known, _fetchedAt) = (found, _clock.GetTimestamp());
            }

            _hasFailed = found is null;

            _fetching = null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Address} returned no keys; the known keys stay in use")]
    private partial void LogWithoutKeys(string address);

    [LoggerMessage(LogLevel.Warning, "{Address} cannot be read ({Fault}); the known keys stay in use")]
    private partial void LogUnreachable(string address, string fault);
}

/// <summary>The issuer has not responded since the server started, so its keys are not known.</summary>
internal sealed class IssuerUnknownException() : InvalidOperationException("The issuer's keys are not known yet.");
