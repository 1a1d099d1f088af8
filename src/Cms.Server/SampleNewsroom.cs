using Cms.Data;
using Cms.Import;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server;

/// <summary>The invented newsroom that a newcomer meets: imported into an empty database in Development.</summary>
internal sealed partial class SampleNewsroom(
    CmsSettings settings,
    IHostEnvironment environment,
    IDbContextFactory<CmsDbContext> databases,
    ImportNewsroom import,
    ILogger<SampleNewsroom> logger
)
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "SampleNewsroom");

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!(settings.SampleNewsroom ?? environment.IsDevelopment()))
        {
            return;
        }

        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            // Articles come last in an import: one that was cut short goes on where it stopped.
            if (await db.Articles.AnyAsync(a => a.ImportId == null, cancellationToken))
            {
                return;
            }
        }

        var summary = await import.Handle(Folder, dryRun: false, progress: null, cancellationToken);
        if (summary.Imported > 0)
        {
            LogFilled(logger, summary.Imported);
        }

        foreach (var refused in summary.Refused)
        {
            LogRefused(logger, refused.Origin, refused.Reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Imported the sample newsroom: {Items} articles, personas and tools.")]
    private static partial void LogFilled(ILogger logger, int items);

    [LoggerMessage(LogLevel.Warning, "The sample newsroom's {Origin} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string origin, string reason);
}
