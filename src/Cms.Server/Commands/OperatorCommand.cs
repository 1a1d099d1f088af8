using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Cms.Server.Commands;

/// <summary>A command, and what its exit codes mean.</summary>
internal sealed class OperatorCommand(string name, string description) : Command(name, description)
{
    private const string NotUsable =
        "Something that the command needs cannot be used, such as the database or a folder. One sentence says what to do.";

    /// <summary>The meanings of the exit codes. Every command can succeed, and find that it cannot start.</summary>
    public SortedDictionary<int, string> Exits { get; } =
        new() { [0] = "Success.", [CommandLine.Unusable] = NotUsable };

    /// <summary>What the command does.</summary>
    /// <param name="run">Runs the command and returns the exit code.</param>
    public void Runs(Func<ParseResult, CommandOutput, CancellationToken, Task<int>> run) =>
        SetAction((parsed, cancellationToken) => run(parsed, CommandOutput.Of(parsed), cancellationToken));

    /// <summary>Adds the exit codes to the help of all commands.</summary>
    public static void ExplainExits(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExitCodeHelp((HelpAction)help.Action!);
    }

    private sealed class ExitCodeHelp(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is OperatorCommand command)
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Exit codes:");
                foreach (var (exit, meaning) in command.Exits)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {exit}  {meaning}"));
                }

                output.WriteLine();
            }

            return code;
        }
    }
}
