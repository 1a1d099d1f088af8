using System.Reflection;
using Cms.GraphQL;

namespace Cms.Server;

/// <summary>
/// Lets developers sign in as sample people and partners if no Entra tenant is set. The identity provider,
/// <c>Cms.DevIdentity</c>, exists only in non-release builds and is loaded by name, so it cannot reach production.
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

    /// <summary>The <c>AzureAd</c> settings that make this provider the issuer of tokens.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Returns the provider; null in Release, outside Development or if <c>AzureAd</c> is set.</summary>
    /// <exception cref="CannotStartException">The provider's address is not on this machine.</exception>
    public static DevelopmentIdentity? Find(
        CmsSettings settings,
        IConfiguration configuration,
        IHostEnvironment environment
    ) =>
        environment.IsDevelopment() && !configuration.GetSection("AzureAd").Exists() && File.Exists(Program)
            ? new(settings.DevIdentity.Url, Path.Combine(settings.DataDirectory, "dev"))
            : null;

    /// <exception cref="CannotStartException">The port is in use, or the keys cannot be stored.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Starting the provider takes a while. The caller does other work meanwhile.
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

    /// <summary>Returns a token from the running provider.</summary>
    /// <exception cref="CannotStartException">No provider is running.</exception>
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
                $"Cannot sign in at {_url}: start the server with dotnet run --project src/Cms.Server, leave it running, and try again.",
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
