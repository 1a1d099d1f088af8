using System.CommandLine;
using System.Globalization;
using Cms.Media.Intake;

namespace Cms.Server.Commands;

/// <summary><c>media verify</c> and <c>media sweep</c></summary>
internal static class MediaCommands
{
    private const int SomeFaulty = 1;
    private const int MegabytesPerSecond = 50;

    public static Command Media()
    {
        var speed = new Option<int>("--megabytes-per-second")
        {
            Description = "The maximum read speed, so that the check does not slow down readers.",
            DefaultValueFactory = _ => MegabytesPerSecond,
        };
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("Set --megabytes-per-second to a whole number of at least 1.");
            }
        });
        var verify = new OperatorCommand(
            "verify",
            "Check every file in the store, and list the missing and damaged ones."
        )
        {
            speed,
        };
        verify.Exits[SomeFaulty] = "A file is missing or damaged.";
        verify.Runs(
            (parsed, output, cancellationToken) => VerifyAsync(parsed.GetValue(speed), output, cancellationToken)
        );
        var sweep = new OperatorCommand("sweep", "Remove files that nothing has used for a day from the store.");
        sweep.Runs((_, output, cancellationToken) => SweepAsync(output, cancellationToken));
        return new Command("media", "Check and clean up the image files.") { verify, sweep };
    }

    private static async Task<int> VerifyAsync(
        int megabytesPerSecond,
        CommandOutput output,
        CancellationToken cancellationToken
    )
    {
        await using var app = output.Host();
        return await app.UseDatabaseAsync(
            () =>
                VerifyAsync(
                    app.Services.GetRequiredService<VerifyMedia>(),
                    megabytesPerSecond,
                    output,
                    cancellationToken
                ),
            cancellationToken
        );
    }

    private static async Task<int> VerifyAsync(
        VerifyMedia verify,
        int megabytesPerSecond,
        CommandOutput output,
        CancellationToken cancellationToken
    )
    {
        List<FaultyMedia> faults = [];
        await foreach (var faulty in verify.Handle(megabytesPerSecond * 1_000_000L, cancellationToken))
        {
            faults.Add(faulty);
            await output.LineAsync($"{faulty.Fault} {faulty.Key}");
        }

        var (missing, corrupt, orphaned) = (
            Count(MediaFault.Missing),
            Count(MediaFault.Corrupt),
            Count(MediaFault.Orphaned)
        );
        await output.LineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{missing} missing, {corrupt} corrupt, {orphaned} orphaned.")
        );
        await output.DocumentAsync(
            new
            {
                Missing = missing,
                Corrupt = corrupt,
                Orphaned = orphaned,
                Faults = faults.Select(faulty => new { faulty.Fault, Key = faulty.Key.Value }),
            }
        );
        return missing + corrupt > 0 ? SomeFaulty : 0;

        int Count(MediaFault fault) => faults.Count(faulty => faulty.Fault == fault);
    }

    private static async Task<int> SweepAsync(CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = output.Host();
        var swept = await app.UseDatabaseAsync(
            () => app.Services.GetRequiredService<SweepMedia>().Handle(cancellationToken),
            cancellationToken
        );
        await output.LineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Removed {swept.Uploads} uploads, {swept.Files} files, {swept.Renditions} renditions, {swept.Remnants} remnants."
            )
        );
        await output.DocumentAsync(swept);
        return 0;
    }
}
