using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Server.Tests.Replicas;

/// <summary>
/// Two servers, each in a process of its own, on one database and one data directory, as an operator runs them. The keys of
/// data protection are in the database.
/// </summary>
internal sealed class ReplicaProcesses : IAsyncDisposable
{
    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-replicas-");
    private readonly ServingProcess?[] _servers = new ServingProcess?[2];
    private readonly string[] _settings;

    private ReplicaProcesses(string[] settings) => _settings = settings;

    public ServerDatabase Database { get; private set; } = null!;

    public ServingProcess this[int replica] => _servers[replica]!;

    /// <summary>Prepares the database. No server runs yet.</summary>
    /// <param name="settings">Command-line arguments of both servers.</param>
    public static async Task<ReplicaProcesses> CreateAsync(params string[] settings)
    {
        ReplicaProcesses replicas = new(["--environment=Testing", "--Cms:Site:Enabled=true", .. settings]);
        await replicas._issuer.InitializeAsync();
        replicas.Database = await ServerDatabase.CreateAsync(replicas._folder.FullName);
        await using var app = replicas.Build();
        await replicas.Database.PrepareAsync(app.Services);
        return replicas;
    }

    /// <summary>Builds a server that does not run, to prepare content.</summary>
    public WebApplication Build(Action<IServiceCollection>? more = null) =>
        CmsHost.Build([.. Database.Arguments, .. _settings], more);

    /// <summary>Starts a server that was not started or was killed, and returns when it listens.</summary>
    public async Task StartAsync(int replica) =>
        _servers[replica] = await ServingProcess.StartAsync(
            Database.Environment,
            token: null,
            [.. _issuer.Settings, .. _settings]
        );

    public Task StartAsync() => Task.WhenAll(StartAsync(0), StartAsync(1));

    /// <summary>Kills a server as <c>kill -9</c> does.</summary>
    public async Task KillAsync(int replica)
    {
        var server = this[replica];
        await server.KillAsync();
        server.Dispose();
        _servers[replica] = null;
    }

    /// <summary>Returns the token of an editor who has sent nothing yet.</summary>
    public string NewEditor() => Forged.Person(_issuer, "Editor").With("oid", $"{Guid.CreateVersion7()}").Sign();

    public async ValueTask DisposeAsync()
    {
        for (var replica = 0; replica < _servers.Length; replica++)
        {
            if (_servers[replica] is not null)
            {
                await KillAsync(replica);
            }
        }

        await Database.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
