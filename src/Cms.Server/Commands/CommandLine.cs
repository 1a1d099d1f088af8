using System.CommandLine;
using Cms.GraphQL;

namespace Cms.Server.Commands;

/// <summary>The program's commands. Without a command, the program runs the server.</summary>
internal static class CommandLine
{
    /// <summary>The exit code if the command line is wrong, or if the command was stopped.</summary>
    public const int Stopped = 1;

    /// <summary>
    /// The exit code if the database or another dependency cannot be used. One sentence on standard error says what
    /// to do.
    /// </summary>
    public const int Unusable = 3;

    // This timeout is longer than the shutdown timeout of the server.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(25);

    public static async Task<int> RunAsync(string[] args)
    {
        // Settings such as --urls belong to the host. Anything else is a command, or a misspelt one.
        var isServe = args is [['-', '-', ..], ..] and not (["--help"] or ["--version"] or [CommandOutput.Json, ..]);
        var settings = isServe ? args : [];
        var parsed = Root(settings).Parse(isServe ? [] : args);
        var output = new CommandOutput(!isServe && args.Contains(CommandOutput.Json, StringComparer.Ordinal));
        try
        {
            if (
                output.IsJson
                && parsed is { Action: System.CommandLine.Invocation.ParseErrorAction, Errors: [var wrong, ..] }
            )
            {
                await output.FailAsync(wrong.Message);
                return Stopped;
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TerminationTimeout,
                }
            );
        }
        catch (CannotStartException unusable)
        {
            await output.FailAsync(unusable.Message);
            return Unusable;
        }
        catch (OperationCanceledException) when (!isServe)
        {
            await output.FailAsync("Stopped.");
            return Stopped;
        }
        catch (Exception fault) when (output.IsJson)
        {
            await output.FailAsync($"The program failed ({fault.GetType().Name}): see standard error.");
            throw;
        }
    }

    /// <summary>Returns the root command with all its subcommands.</summary>
    /// <param name="settings">The arguments for the host when the server starts.</param>
    public static RootCommand Root(string[] settings)
    {
        var root = new RootCommand(
            "Cms: a headless CMS for technology newsrooms. Without a command, the server starts."
        )
        {
            new Option<bool>(CommandOutput.Json)
            {
                Description =
                    "Print one JSON document on standard output. If the command fails, it has the property error.",
                Recursive = true,
            },
        };
        root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(settings, cancellationToken));
        root.Subcommands.Add(DoctorCommand.Doctor());
        root.Subcommands.Add(BackupCommands.Backup());
        root.Subcommands.Add(BackupCommands.Restore());
        root.Subcommands.Add(Migrate());
        root.Subcommands.Add(Schema());
        root.Subcommands.Add(Operations());
        root.Subcommands.Add(Import());
        root.Subcommands.Add(Export());
        root.Subcommands.Add(Token());
        root.Subcommands.Add(MediaCommands.Media());
        root.Subcommands.Add(AuditCommands.Audit());
        OperatorCommand.ExplainExits(root);
        return root;
    }

    private static OperatorCommand Migrate()
    {
        var script = new Option<bool>("--script")
        {
            Description =
                "Print the SQL instead of running it. For SQL Server, the SQL updates a database of any version. For SQLite, it works only on an empty database.",
        };
        var command = new OperatorCommand("migrate", "Bring the database's schema up to date.") { script };
        command.Runs(
            (parsed, output, cancellationToken) =>
                MigrateCommand.RunAsync(parsed.GetValue(script), output, cancellationToken)
        );
        return command;
    }

    private static OperatorCommand Import()
    {
        var path = new Argument<string>("path") { Description = "A Markdown or ninjs file, or a folder of them." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything, but save nothing." };
        var trustReviews = new Option<bool>("--trust-reviews")
        {
            Description =
                "Believe the files about who reviewed the texts that AI models drafted. Without it, no such text is published.",
        };
        var command = new OperatorCommand("import", "Import articles, personas and tools.")
        {
            path,
            dryRun,
            trustReviews,
        };
        command.Exits[1] = "A file was rejected, or the import was stopped. The other files are imported.";
        command.Exits[2] = "There is no file or folder at the path.";
        command.Runs(
            (parsed, output, cancellationToken) =>
                ImportCommand.RunAsync(
                    parsed.GetRequiredValue(path),
                    new() { DryRun = parsed.GetValue(dryRun), TrustReviews = parsed.GetValue(trustReviews) },
                    output,
                    cancellationToken
                )
        );
        return command;
    }

    private static OperatorCommand Export()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder to write to. It is created if it does not exist.",
        };
        var command = new OperatorCommand("export", "Export the newsroom to files that import can read.") { folder };
        command.Runs(
            (parsed, output, cancellationToken) =>
                ExportCommand.RunAsync(parsed.GetRequiredValue(folder), output, cancellationToken)
        );
        return command;
    }

    private static OperatorCommand Token()
    {
        var who = new Argument<string>("who") { Description = "Whose token to print." };
        who.AcceptOnlyFromAmong("reader", "author", "editor", "admin", "partner", "hana", "leo");
        var command = new OperatorCommand("token", "Print a token for trying the API in development.") { who };
        command.Runs(
            (parsed, output, cancellationToken) =>
                TokenCommand.RunAsync(parsed.GetRequiredValue(who), output, cancellationToken)
        );
        return command;
    }

    private static OperatorCommand Operations()
    {
        var command = new OperatorCommand("operations", "Print the manifest of the trusted documents, as JSON.");
        command.Runs((_, output, _) => OperationsCommand.RunAsync(output));
        return command;
    }

    private static Command Schema()
    {
        var print = new OperatorCommand("print", "Print the GraphQL schema in the schema definition language (SDL).");
        print.Runs(
            async (_, output, _) =>
            {
                await using var app = output.Host();
                var schema = app.Services.GetRequiredService<CmsSchema>().Print();
                await output.DocumentAsync(new { Schema = schema });
                await output.TextAsync(schema);
                return 0;
            }
        );
        return new Command("schema", "The GraphQL schema.") { print };
    }
}
