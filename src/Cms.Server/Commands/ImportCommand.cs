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

    public static async Task<int> RunAsync(
        string path,
        ImportOptions options,
        CommandOutput output,
        CancellationToken cancellationToken
    )
    {
        await using var app = output.Host();
        var provider = app.Services.GetRequiredService<IDatabaseProvider>();
        await provider.PrepareAsync(cancellationToken);
        var import = app.Services.GetRequiredService<ImportNewsroom>();
        try
        {
            var summary = output.IsJson
                ? await import.Handle(path, options, progress: null, cancellationToken)
                : await WithProgressAsync(progress => import.Handle(path, options, progress, cancellationToken));
            await ReportAsync(summary, options.DryRun, output);
            return summary.Refused.Count > 0 ? SomeRefused : 0;
        }
        catch (DirectoryNotFoundException missing)
        {
            await output.FailAsync(missing.Message);
            return NothingThere;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.FailAsync(
                "Stopped. The items imported so far are saved; run the same command again to continue."
            );
            return SomeRefused;
        }
        catch (Exception fault) when (provider.Explain(fault) is { } sentence)
        {
            await output.FailAsync(
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

    private static async Task ReportAsync(ImportSummary summary, bool dryRun, CommandOutput output)
    {
        foreach (var warning in summary.Warnings)
        {
            await output.LineAsync($"Note: {warning}");
        }

        foreach (var refused in summary.Refused)
        {
            await output.ComplainAsync($"Rejected {refused.Origin}: {refused.Reason}");
        }

        await output.LineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Imported} imported, {summary.Unchanged} unchanged, {summary.Refused.Select(item => item.Origin).Distinct(StringComparer.Ordinal).Count()} rejected{(dryRun ? " (dry run: nothing was saved)" : "")}."
            )
        );
        await output.DocumentAsync(
            new
            {
                summary.Imported,
                summary.Unchanged,
                Rejected = summary.Refused.Select(item => new { item.Origin, item.Reason }),
                Notes = summary.Warnings,
                DryRun = dryRun,
            }
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
