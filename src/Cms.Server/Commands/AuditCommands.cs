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
        var verify = new OperatorCommand(
            "verify",
            "Check that no entry of the audit log was changed, removed or inserted."
        )
        {
            head,
        };
        verify.Exits[SomeFaulty] = "The log has a fault.";
        verify.Runs(
            (parsed, output, cancellationToken) => VerifyAsync(parsed.GetValue(head), output, cancellationToken)
        );
        var export = new OperatorCommand("export", "Print the audit log, one entry per line in JSON, oldest first.");
        export.Runs((_, output, cancellationToken) => ExportAsync(output, cancellationToken));
        return new Command("audit", "Check and export the audit log.") { verify, export };
    }

    private static async Task<int> VerifyAsync(string? file, CommandOutput output, CancellationToken cancellationToken)
    {
        var head = file is null ? null : await HeadOfAsync(file, cancellationToken);
        await using var app = output.Host();
        var verdict = await app.UseDatabaseAsync(
            () => app.Services.GetRequiredService<VerifyAudit>().Handle(head, cancellationToken),
            cancellationToken
        );
        foreach (var fault in verdict.Faults)
        {
            await output.ComplainAsync(fault);
        }

        var (entries, faults) = (verdict.Entries, verdict.Faults.Count);
        await output.LineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{entries} entries, {faults} faults. The last entry is {verdict.Head.Seq} with the hash {verdict.Head.Hash}."
            )
        );
        await output.DocumentAsync(verdict);
        return faults > 0 ? SomeFaulty : 0;
    }

    private static async Task<int> ExportAsync(CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = output.Host();
        if (!output.IsJson)
        {
            return await app.UseDatabaseAsync(
                async () =>
                {
                    await foreach (var line in Lines(app, cancellationToken))
                    {
                        await Console.Out.WriteAsync(line + "\n");
                    }

                    return 0;
                },
                cancellationToken
            );
        }

        // The log can be large, so the document is printed entry by entry. It begins when the first entry was read, and is
        // complete even if the database fails later.
        var before = "{\n  \"entries\": [\n    ";
        try
        {
            await app.UseDatabaseAsync(
                async () =>
                {
                    await foreach (var line in Lines(app, cancellationToken))
                    {
                        await Console.Out.WriteAsync(before + line);
                        before = ",\n    ";
                    }

                    return true;
                },
                cancellationToken
            );
            await Console.Out.WriteAsync((before[0] is ',' ? "" : before) + "\n  ]\n}\n");
            return 0;
        }
        catch (CannotStartException fault) when (before[0] is ',')
        {
            var sentence = JsonSerializer.Serialize(fault.Message, CommandOutput.Readable);
            await Console.Out.WriteAsync($"\n  ],\n  \"error\": {sentence}\n}}\n");
            return CommandLine.Unusable;
        }
    }

    private static IAsyncEnumerable<string> Lines(WebApplication app, CancellationToken cancellationToken) =>
        app.Services.GetRequiredService<ExportAudit>().Handle(cancellationToken);

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
