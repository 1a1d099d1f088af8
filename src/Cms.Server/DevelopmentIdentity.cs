using System.Reflection;
using Cms.GraphQL;

namespace Cms.Server;

/// <summary>
///     People and partners to be while developing, where no Entra tenant is set. Their provider, <c>Cms.DevIdentity</c>, lies
///     beside builds that are no release and is called by name, so that nothing of it can reach production.
/// </summary>
internal sealed class DevelopmentIdentity : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory,
        "dev-identity",
        "Cms.DevIdentity.dll"
    );

    private readonly string _url;
    private readonly string _folder;
    private readonly Type _provider;
    private Task<IAsyncDisposable>? _running;

    private DevelopmentIdentity(string url, string folder)
    {
        _url = url;
        _folder = folder;
        _provider = Assembly.LoadFrom(Program).GetType("Cms.DevIdentity.Provider", throwOnError: true)!;
        try
        {
            Settings = Method<Func<string, IReadOnlyDictionary<string, string?>>>("Settings")(url);
        }
        catch (UriFormatException elsewhere)
        {
            throw new CannotStartException($"Cms__DevIdentity__Url: {elsewhere.Message}", elsewhere);
        }
    }

    /// <summary>What <c>AzureAd</c> is where this provider issues the tokens.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>The provider, in Development and where <c>AzureAd</c> is not set; null otherwise, and always in a release.</summary>
    /// <exception cref="CannotStartException">Its address is not one of this machine.</exception>
    public static DevelopmentIdentity? Find(
        CmsSettings settings,
        IConfiguration configuration,
        IHostEnvironment environment
    ) =>
        environment.IsDevelopment() && !configuration.GetSection("AzureAd").Exists() && File.Exists(Program)
            ? new(settings.DevIdentity.Url, Path.Combine(settings.DataDirectory, "dev"))
            : null;

    /// <exception cref="CannotStartException">Its port is taken, or its keys cannot be kept.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Building it takes a while, which the caller has other work for.
        _running = Task.Run(
            () =>
                Method<Func<string, string, CancellationToken, Task<IAsyncDisposable>>>("StartAsync")(
                    _url,
                    _folder,
                    cancellationToken
                ),
            cancellationToken
        );
        try
        {
            await _running;
        }
        catch (IOException fault)
        {
            throw new CannotStartException(fault.Message, fault);
        }
    }

    /// <summary>A token of the provider that runs.</summary>
    /// <exception cref="CannotStartException">None runs.</exception>
    public async Task<string> TokenAsync(string who, CancellationToken cancellationToken)
    {
        try
        {
            return await Method<Func<string, string, CancellationToken, Task<string>>>("TokenAsync")(
                _url,
                who,
                cancellationToken
            );
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CannotStartException(
                $"Nobody can sign in at {_url}: start the server with dotnet run --project src/Cms.Server, leave it running, and ask again.",
                fault
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is null)
        {
            return;
        }

        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_running.IsCompletedSuccessfully)
        {
            await (await _running).DisposeAsync();
        }
    }

    private TMethod Method<TMethod>(string name)
        where TMethod : Delegate => _provider.GetMethod(name)!.CreateDelegate<TMethod>();
}
