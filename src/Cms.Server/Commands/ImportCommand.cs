using System.Globalization;
using Cms.Data;
using Cms.Import;
using Spectre.Console;

namespace Cms.Server.Commands;

/// <summary><c>import &lt;file or folder&gt; [--dry-run] [--trust-reviews]</c></summary>
internal static class ImportCommand
{
    private const int SomeRefused = 1;
    private const int NothingThere = 2;

    public static async Task<int> RunAsync(string path, ImportOptions options, CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build([]);
        var provider = app.Services.GetRequiredService<IDatabaseProvider>();
        await provider.PrepareAsync(cancellationToken);
        var import = app.Services.GetRequiredService<ImportNewsroom>();
        try
        {
            var summary = await WithProgressAsync(progress =>
                import.Handle(path, options, progress, cancellationToken)
            );
            await ReportAsync(summary, options.DryRun);
            return summary.Refused.Count > 0 ? SomeRefused : 0;
        }
        catch (DirectoryNotFoundException missing)
        {
            await Console.Error.WriteLineAsync(missing.Message);
            return NothingThere;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(
                "Stopped. The items imported so far are saved; run the same command again to continue."
            );
            return SomeRefused;
        }
        catch (Exception fault) when (provider.Explain(fault) is { } sentence)
        {
            await Console.Error.WriteLineAsync(
                $"{sentence} The items imported so far are saved; run the same command again to continue."
            );
            return CommandLine.Unusable;
        }
    }

    private static Task<ImportSummary> WithProgressAsync(Func<IProgress<ImportProgress>, Task<ImportSummary>> import) =>
        Console.IsOutputRedirected
            ? import(new PlainProgress())
            : AnsiConsole
                .Progress()
                .StartAsync(context => import(new Bar(context.AddTask("Importing", autoStart: true))));

    private static async Task ReportAsync(ImportSummary summary, bool dryRun)
    {
        foreach (var warning in summary.Warnings)
        {
            await Console.Out.WriteLineAsync($"Note: {warning}");
        }

        foreach (var refused in summary.Refused)
        {
            await Console.Error.WriteLineAsync($"Rejected {refused.Origin}: {refused.Reason}");
        }

        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Imported} imported, {summary.Unchanged} unchanged, {summary.Refused.Select(item => item.Origin).Distinct(StringComparer.Ordinal).Count()} rejected{(dryRun ? " (dry run: nothing was saved)" : "")}."
            )
        );
    }

    private sealed class Bar(ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            task.MaxValue = value.Total;
            task.Value = value.Done;
        }
    }

    /// <summary>Writes a line for every tenth of the items.</summary>
    private sealed class PlainProgress : IProgress<ImportProgress>
    {
        private int _tenths;

        public void Report(ImportProgress value)
        {
            if (value.Done * 10 / value.Total is var tenths && tenths > _tenths)
            {
                _tenths = tenths;
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total}"));
            }
        }
    }
}
