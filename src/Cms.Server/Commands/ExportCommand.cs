using System.Globalization;
using Cms.Import;

namespace Cms.Server.Commands;

/// <summary><c>export &lt;folder&gt;</c></summary>
internal static class ExportCommand
{
    public static async Task<int> RunAsync(string folder, CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = output.Host();
        try
        {
            var summary = await app.UseDatabaseAsync(
                () => app.Services.GetRequiredService<ExportNewsroom>().Handle(folder, cancellationToken),
                cancellationToken
            );
            foreach (var warning in summary.Warnings)
            {
                await output.LineAsync($"Note: {warning}");
            }

            await output.LineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{summary.Files} files written to {folder}.")
            );
            await output.DocumentAsync(
                new
                {
                    Folder = folder,
                    summary.Files,
                    Notes = summary.Warnings,
                }
            );
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await output.FailAsync(
                $"Cannot write to {folder} ({fault.Message.TrimEnd('.')}): choose a folder that this user may write to."
            );
            return CommandLine.Unusable;
        }
    }
}
