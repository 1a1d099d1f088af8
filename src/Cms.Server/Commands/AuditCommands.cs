using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cms.Audit;
using Cms.GraphQL;

namespace Cms.Server.Commands;

/// <summary><c>audit verify [--head &lt;file&gt;]</c> and <c>audit export</c></summary>
internal static class AuditCommands
{
    private const int SomeFaulty = 1;

    public static Command Audit()
    {
        var head = new Option<string>("--head")
        {
            Description =
                "An earlier export. Its last line is an entry that the log must still contain, so that removed entries are found.",
        };
        var verify = new Command("verify", "Check that no entry of the audit log was changed, removed or inserted.")
        {
            head,
        };
        verify.SetAction((parsed, cancellationToken) => VerifyAsync(parsed.GetValue(head), cancellationToken));
        var export = new Command("export", "Print the audit log, one entry per line in JSON, oldest first.");
        export.SetAction((_, cancellationToken) => ExportAsync(cancellationToken));
        return new Command("audit", "Check and export the audit log.") { verify, export };
    }

    private static async Task<int> VerifyAsync(string? file, CancellationToken cancellationToken)
    {
        var head = file is null ? null : await HeadOfAsync(file, cancellationToken);
        await using var app = CmsHost.Build([]);
        var verdict = await app.UseDatabaseAsync(
            () => app.Services.GetRequiredService<VerifyAudit>().Handle(head, cancellationToken),
            cancellationToken
        );
        foreach (var fault in verdict.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        var (entries, faults) = (verdict.Entries, verdict.Faults.Count);
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{entries} entries, {faults} faults. The last entry is {verdict.Head.Seq} with the hash {verdict.Head.Hash}."
            )
        );
        return faults > 0 ? SomeFaulty : 0;
    }

    private static async Task<int> ExportAsync(CancellationToken cancellationToken)
    {
        await using var app = CmsHost.Build([]);
        return await app.UseDatabaseAsync(
            async () =>
            {
                var export = app.Services.GetRequiredService<ExportAudit>();
                await foreach (var line in export.Handle(cancellationToken))
                {
                    await Console.Out.WriteAsync(line + "\n");
                }

                return 0;
            },
            cancellationToken
        );
    }

    // Reads the last line, which ExportAudit wrote.
    private static async Task<AuditHead> HeadOfAsync(string file, CancellationToken cancellationToken)
    {
        string? last = null;
        try
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                last = string.IsNullOrWhiteSpace(line) ? last : line;
            }

            using var entry = JsonDocument.Parse(last ?? "");
            return new AuditHead(
                entry.RootElement.GetProperty("seq").GetInt64(),
                entry.RootElement.GetProperty("hash").GetString()!
            );
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            throw new CannotStartException(
                $"Cannot read {file} ({fault.Message.TrimEnd('.')}): give --head a file that audit export has written.",
                fault
            );
        }
    }
}
