using System.Globalization;
using Cms.Data;
using Cms.Server.Doctor;

namespace Cms.Server.Commands;

/// <summary><c>doctor</c>: examines the installation, and says what to do about each problem.</summary>
internal static class DoctorCommand
{
    private const int SomeFailed = 1;

    public static OperatorCommand Doctor()
    {
        var command = new OperatorCommand(
            "doctor",
            "Check every dependency and setting, and say what to do about each problem. It changes nothing, and works with and without a running server."
        );
        command.Exits[SomeFailed] = "A check failed. Warnings are no failures.";
        command.Exits.Remove(CommandLine.Unusable);
        command.Runs((_, output, cancellationToken) => RunAsync(output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandOutput output, CancellationToken cancellationToken)
    {
        var findings = await Examination.RunAsync(cancellationToken);
        var width = findings.Max(finding => finding.Check.Length);
        foreach (var finding in findings)
        {
            await output.LineAsync($"{NameOf(finding.Status), -7}  {finding.Check.PadRight(width)}  {finding.Words}");
        }

        var (warnings, failures) = (Count(FindingStatus.Warning), Count(FindingStatus.Failure));
        await output.LineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Count(FindingStatus.Ok)} ok, {warnings} warnings, {failures} failures."
            )
        );
        await output.DocumentAsync(
            new
            {
                Ok = failures == 0,
                Warnings = warnings,
                Failures = failures,
                Checks = findings.Select(finding => new
                {
                    finding.Check,
                    finding.Status,
                    finding.Words,
                }),
            }
        );
        return failures > 0 ? SomeFailed : 0;

        int Count(FindingStatus status) => findings.Count(finding => finding.Status == status);
    }

    private static string NameOf(FindingStatus status) =>
        status switch
        {
            FindingStatus.Ok => "ok",
            FindingStatus.Warning => "warning",
            _ => "failure",
        };
}
