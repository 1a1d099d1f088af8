using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cms.Server.Commands;

/// <summary><c>migrate [--script]</c>: updates the schema. Servers do not update SQL Server at startup.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(bool script, CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = output.Host();
        if (script)
        {
            var databases = app.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            // SQLite has no IF statement, so its script works only for an empty database.
            var options = db.Database.ProviderName!.EndsWith(".Sqlite", StringComparison.Ordinal)
                ? MigrationsSqlGenerationOptions.Default
                : MigrationsSqlGenerationOptions.Idempotent;
            var sql = db.GetService<IMigrator>().GenerateScript(options: options);
            await output.TextAsync(sql);
            await output.DocumentAsync(new { Script = sql });
            return 0;
        }

        var outcome = await app.Services.GetRequiredService<IDatabaseProvider>().MigrateAsync(cancellationToken);
        foreach (var migration in outcome.AppliedElsewhere)
        {
            await output.LineAsync($"Another process applied {migration}.");
        }

        foreach (var migration in outcome.Applied)
        {
            await output.LineAsync($"Applied {migration}.");
        }

        await output.LineAsync(outcome.Applied.Count == 0 ? "The database is up to date." : "Done.");
        await output.DocumentAsync(outcome);
        return 0;
    }
}
