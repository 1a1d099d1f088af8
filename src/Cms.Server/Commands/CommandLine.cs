using System.CommandLine;
using Cms.GraphQL;

namespace Cms.Server.Commands;

/// <summary>The program's commands. Without a command, the program runs the server.</summary>
internal static class CommandLine
{
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
        var isServe = args is [['-', '-', ..], ..] and not (["--help"] or ["--version"]);
        var settings = isServe ? args : [];
        var words = isServe ? [] : args;
        try
        {
            return await Root(settings)
                .Parse(words)
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = TerminationTimeout,
                    }
                );
        }
        catch (CannotStartException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return Unusable;
        }
    }

    /// <summary>Returns the root command with all its subcommands.</summary>
    /// <param name="settings">The arguments for the host when the server starts.</param>
    public static RootCommand Root(string[] settings)
    {
        var root = new RootCommand(
            "Cms: a headless CMS for technology newsrooms. Without a command, the server starts."
        );
        root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(settings, cancellationToken));
        root.Subcommands.Add(Migrate());
        root.Subcommands.Add(Schema());
        root.Subcommands.Add(Operations());
        root.Subcommands.Add(Import());
        root.Subcommands.Add(Export());
        root.Subcommands.Add(Token());
        root.Subcommands.Add(MediaCommands.Media());
        root.Subcommands.Add(AuditCommands.Audit());
        return root;
    }

    private static Command Migrate()
    {
        var script = new Option<bool>("--script")
        {
            Description =
                "Print the SQL instead of running it. For SQL Server, the SQL updates a database of any version. For SQLite, it works only on an empty database.",
        };
        var command = new Command("migrate", "Bring the database's schema up to date.") { script };
        command.SetAction(
            (parsed, cancellationToken) => MigrateCommand.RunAsync(parsed.GetValue(script), cancellationToken)
        );
        return command;
    }

    private static Command Import()
    {
        var path = new Argument<string>("path") { Description = "A Markdown or ninjs file, or a folder of them." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything, but save nothing." };
        var trustReviews = new Option<bool>("--trust-reviews")
        {
            Description =
                "Believe the files about who reviewed the texts that AI models drafted. Without it, no such text is published.",
        };
        var command = new Command("import", "Import articles, personas and tools.") { path, dryRun, trustReviews };
        command.SetAction(
            (parsed, cancellationToken) =>
                ImportCommand.RunAsync(
                    parsed.GetRequiredValue(path),
                    new() { DryRun = parsed.GetValue(dryRun), TrustReviews = parsed.GetValue(trustReviews) },
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Export()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder to write to. It is created if it does not exist.",
        };
        var command = new Command("export", "Export the newsroom to files that import can read.") { folder };
        command.SetAction(
            (parsed, cancellationToken) => ExportCommand.RunAsync(parsed.GetRequiredValue(folder), cancellationToken)
        );
        return command;
    }

    private static Command Token()
    {
        var who = new Argument<string>("who") { Description = "Whose token to print." };
        who.AcceptOnlyFromAmong("reader", "author", "editor", "admin", "partner", "hana", "leo");
        var command = new Command("token", "Print a token for trying the API in development.") { who };
        command.SetAction(
            (parsed, cancellationToken) => TokenCommand.RunAsync(parsed.GetRequiredValue(who), cancellationToken)
        );
        return command;
    }

    private static Command Operations()
    {
        var command = new Command("operations", "Print the manifest of the trusted documents.");
        command.SetAction((_, _) => OperationsCommand.RunAsync());
        return command;
    }

    private static Command Schema()
    {
        var print = new Command("print", "Print the GraphQL schema in the schema definition language (SDL).");
        print.SetAction(
            async (_, _) =>
            {
                await using var app = CmsHost.Build([]);
                await Console.Out.WriteAsync(app.Services.GetRequiredService<CmsSchema>().Print());
                return 0;
            }
        );
        return new Command("schema", "The GraphQL schema.") { print };
    }
}
