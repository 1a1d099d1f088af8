using Cms.Data;
using Cms.Import;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server;

/// <summary>Imports a fictional newsroom into an empty database, by default only in Development.</summary>
internal sealed partial class SampleNewsroom(
    CmsSettings settings,
    IHostEnvironment environment,
    IDbContextFactory<CmsDbContext> databases,
    ImportNewsroom import,
    SamplePartners partners,
    ILogger<SampleNewsroom> logger
)
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "newsroom");

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!(settings.SampleNewsroom ?? environment.IsDevelopment()))
        {
            return;
        }

        if (!await IsUnfinishedAsync(cancellationToken))
        {
            return;
        }

        LogFilling(logger);
        var summary = await import.Handle(Folder, new ImportOptions(), progress: null, cancellationToken);
        if (summary.Imported > 0)
        {
            var parts = Parts(summary);
            LogFilled(logger, parts);
        }

        foreach (var refused in summary.Refused)
        {
            LogRefused(logger, refused.Origin, refused.Reason);
        }

        await partners.AddAsync(cancellationToken);
    }

    // Articles are imported last. If the database contains only some of them, the import was interrupted.
    private async Task<bool> IsUnfinishedAsync(CancellationToken cancellationToken)
    {
        var sample = Directory
            .EnumerateFiles(Path.Combine(Folder, "articles"), "*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToHashSet(StringComparer.Ordinal);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var here = await db
            .Articles.OrderBy(a => a.Id)
            .Select(a => a.ImportId)
            .Take(sample.Count)
            .ToListAsync(cancellationToken);
        return here.Count < sample.Count && here.TrueForAll(id => id is not null && sample.Contains(id));
    }

    // Such as ‘26 articles, 4 authors, 4 personas’.
    private static string Parts(ImportSummary summary) =>
        string.Join(
            ", ",
            summary
                .Items.Where(item => item.Outcome is ImportOutcome.Added or ImportOutcome.Changed)
                .CountBy(item => item.Kind)
                .OrderBy(part => part.Key)
                .Select(part => $"{part.Value} {part.Key.ToString().ToLowerInvariant()}{(part.Value == 1 ? "" : "s")}")
        );

    [LoggerMessage(LogLevel.Information, "Filling the database with the sample newsroom. This takes up to a minute.")]
    private static partial void LogFilling(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Imported the sample newsroom: {Parts}.")]
    private static partial void LogFilled(ILogger logger, string parts);

    [LoggerMessage(LogLevel.Warning, "Did not import {Origin} of the sample newsroom: {Reason}")]
    private static partial void LogRefused(ILogger logger, string origin, string reason);
}
