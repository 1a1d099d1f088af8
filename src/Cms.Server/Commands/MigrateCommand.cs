using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cms.Server.Commands;

/// <summary><c>migrate [--script]</c>: updates the schema. Servers do not update SQL Server at startup.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(bool script, CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build([]);
        if (script)
        {
            var databases = app.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            // SQLite has no IF statement, so its script works only for an empty database.
            var options = db.Database.ProviderName!.EndsWith(".Sqlite", StringComparison.Ordinal)
                ? MigrationsSqlGenerationOptions.Default
                : MigrationsSqlGenerationOptions.Idempotent;
            await Console.Out.WriteAsync(db.GetService<IMigrator>().GenerateScript(options: options));
            return 0;
        }

        var outcome = await app.Services.GetRequiredService<IDatabaseProvider>().MigrateAsync(cancellationToken);
        foreach (var migration in outcome.AppliedElsewhere)
        {
            await Console.Out.WriteLineAsync($"Another process applied {migration}.");
        }

        foreach (var migration in outcome.Applied)
        {
            await Console.Out.WriteLineAsync($"Applied {migration}.");
        }

        await Console.Out.WriteLineAsync(outcome.Applied.Count == 0 ? "The database is up to date." : "Done.");
        return 0;
    }
}
