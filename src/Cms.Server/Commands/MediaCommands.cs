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
        var verify = new Command("verify", "Check every file in the store, and list the missing and damaged ones.")
        {
            speed,
        };
        verify.SetAction((parsed, cancellationToken) => VerifyAsync(parsed.GetValue(speed), cancellationToken));
        var sweep = new Command("sweep", "Remove files that nothing has used for a day from the store.");
        sweep.SetAction((_, cancellationToken) => SweepAsync(cancellationToken));
        return new Command("media", "Check and clean up the image files.") { verify, sweep };
    }

    private static async Task<int> VerifyAsync(int megabytesPerSecond, CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build([]);
        return await app.UseDatabaseAsync(
            () => VerifyAsync(app.Services.GetRequiredService<VerifyMedia>(), megabytesPerSecond, cancellationToken),
            cancellationToken
        );
    }

    private static async Task<int> VerifyAsync(
        VerifyMedia verify,
        int megabytesPerSecond,
        CancellationToken cancellationToken
    )
    {
        var counts = Enum.GetValues<MediaFault>().ToDictionary(fault => fault, _ => 0);
        await foreach (var faulty in verify.Handle(megabytesPerSecond * 1_000_000L, cancellationToken))
        {
            counts[faulty.Fault]++;
            await Console.Out.WriteLineAsync($"{faulty.Fault} {faulty.Key}");
        }

        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{counts[MediaFault.Missing]} missing, {counts[MediaFault.Corrupt]} corrupt, {counts[MediaFault.Orphaned]} orphaned."
            )
        );
        return counts[MediaFault.Missing] + counts[MediaFault.Corrupt] > 0 ? SomeFaulty : 0;
    }

    private static async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build([]);
        var swept = await app.UseDatabaseAsync(
            () => app.Services.GetRequiredService<SweepMedia>().Handle(cancellationToken),
            cancellationToken
        );
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Removed {swept.Uploads} uploads, {swept.Files} files, {swept.Renditions} renditions, {swept.Remnants} remnants."
            )
        );
        return 0;
    }
}
