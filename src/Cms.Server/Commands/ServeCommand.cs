using System.Net.Sockets;
using Cms.Audit;
using Cms.Changes;
using Cms.GraphQL.Documents;
using Cms.People;
using Cms.Server.Health;
using Microsoft.AspNetCore.Connections;

namespace Cms.Server.Commands;

/// <summary>Runs the server until a signal stops it.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        // The command line begins to listen for signals when this method first returns to it.
        await Task.Yield();
        try
        {
            return await ServeAsync(args, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server was stopped before it had started. The next start continues what this one began.
            return 0;
        }
    }

    private static async Task<int> ServeAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build(args);
        await using var identity = app.Services.GetService<DevelopmentIdentity>();

        // Build the schema and start the development sign-in while the database is prepared.
        var provider = identity?.StartAsync(cancellationToken) ?? Task.CompletedTask;
        var documents = Task.Run(
            () => app.Services.GetRequiredService<KnownDocuments>().LoadAsync(CmsHost.OperationsFolder),
            cancellationToken
        );
        await app.UseDatabaseAsync(
            async () =>
            {
                await app.Services.GetRequiredService<SampleNewsroom>().FillAsync(cancellationToken);
                await app
                    .Services.GetRequiredService<RecordSettings>()
                    .Handle(AuditedSettings.Of(app.Configuration), Actor.Server, cancellationToken);
                await documents;
                await provider;
                await app.Services.GetRequiredService<ChangeFeed>().StartAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return await RefuseAsync(
                $"{app.Configuration["Urls"]} is in use by another program: stop that program, or set ASPNETCORE_URLS to a different address."
            );
        }
        catch (SocketException refused)
        {
            return await RefuseAsync(
                $"Cannot listen on {app.Configuration["Urls"]} ({refused.Message}): set ASPNETCORE_URLS to an address of this machine and a port that this user may use."
            );
        }

        await app.Services.GetRequiredService<WarmUp>().RunAsync(app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<Readiness>().SetStarted();
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return CommandLine.Unusable;
    }
}
