using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cms.GraphQL.Execution;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Server.Telemetry;

/// <summary>
/// Counts the SQL statements of operations, and traces those that belong to a trace. A trace names the verb and the table,
/// not the text and never a parameter.
/// </summary>
internal sealed class StatementTelemetry(ServerMetrics metrics) : DbCommandInterceptor
{
    // Statements are generated, so there are few. Hand-written ones are constants.
    private const int MaxKnown = 5_000;

    private static readonly string[] BeforeTable = ["FROM", "INTO", "UPDATE", "JOIN"];

    private readonly ConcurrentDictionary<string, Statement> _known = new(StringComparer.Ordinal);

    // Comparing a long text costs more than everything else here, and a statement that is executed again is the same object.
    private readonly ConditionalWeakTable<string, Statement> _seen = [];

    public override DbDataReader ReaderExecuted(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result
    )
    {
        Record(command, eventData, fault: null);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, fault: null);
        return new(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Record(command, eventData, fault: null);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, fault: null);
        return new(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Record(command, eventData, fault: null);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        object? result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, fault: null);
        return new(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        Record(command, eventData, eventData.Exception);

    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData, eventData.Exception);
        return Task.CompletedTask;
    }

    private void Record(DbCommand command, CommandEndEventData ended, Exception? fault)
    {
        OperationWork.Current?.CountStatement();

        // The feed reads the log every second. A trace for each reading would hide the others.
        var isTraced = Activity.Current is { Recorded: true };
        if (!isTraced && !metrics.Statements.Enabled)
        {
            return;
        }

        var (verb, summary) = _seen.GetValue(command.CommandText, Known);
        KeyValuePair<string, object?> system = new("db.system.name", SystemOf(command));
        KeyValuePair<string, object?> operation = new("db.operation.name", verb);
        if (fault is null)
        {
            metrics.Statements.Record(ended.Duration.TotalSeconds, system, operation);
        }
        else
        {
            metrics.Statements.Record(
                ended.Duration.TotalSeconds,
                system,
                operation,
                new KeyValuePair<string, object?>("error.type", fault.GetType().FullName)
            );
        }

        if (!isTraced)
        {
            return;
        }

        using var activity = ServerTraces.Source.StartActivity(
            ActivityKind.Client,
            startTime: ended.StartTime,
            name: summary
        );
        activity?.SetTag("db.system.name", SystemOf(command));
        activity?.SetTag("db.operation.name", verb);
        activity?.SetTag("db.query.summary", summary);
        activity?.SetTag("error.type", fault?.GetType().FullName);
        activity?.SetEndTime(ended.StartTime.UtcDateTime + ended.Duration);
    }

    private static string SystemOf(DbCommand command) =>
        command.GetType().Namespace is "Microsoft.Data.SqlClient" ? "microsoft.sql_server" : "sqlite";

    private Statement Known(string text)
    {
        if (_known.TryGetValue(text, out var known))
        {
            return known;
        }

        var summary = SummaryOf(text);
        if (_known.Count < MaxKnown)
        {
            _known[text] = summary;
        }

        return summary;
    }

    // The first verb, and the name after the first FROM, INTO, UPDATE or JOIN.
    private static Statement SummaryOf(string text)
    {
        var words = text.Split([' ', '\n', '\r', '\t', '(', ')', ';'], StringSplitOptions.RemoveEmptyEntries);
        var verb = Array.Find(words, word => word.All(char.IsAsciiLetterUpper)) ?? "SQL";
        for (var i = 0; i + 1 < words.Length; i++)
        {
            var name = words[i + 1];
            if (BeforeTable.Contains(words[i], StringComparer.Ordinal) && name is ['"' or '[', .., '"' or ']'])
            {
                return new(verb, $"{verb} {name[1..^1]}");
            }
        }

        return new(verb, verb);
    }

    private sealed record Statement(string Verb, string Summary);
}
