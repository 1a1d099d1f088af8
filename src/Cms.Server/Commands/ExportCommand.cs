using System.Globalization;
using Cms.Import;

namespace Cms.Server.Commands;

/// <summary><c>export &lt;folder&gt;</c></summary>
internal static class ExportCommand
{
    public static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build([]);
        try
        {
            var summary = await app.UseDatabaseAsync(
                () => app.Services.GetRequiredService<ExportNewsroom>().Handle(folder, cancellationToken),
                cancellationToken
            );
            foreach (var warning in summary.Warnings)
            {
                await Console.Out.WriteLineAsync($"Note: {warning}");
            }

            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{summary.Files} files written to {folder}.")
            );
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                $"Cannot write to {folder} ({fault.Message.TrimEnd('.')}): choose a folder that this user may write to."
            );
            return CommandLine.Unusable;
        }
    }
}
