using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using Cms.GraphQL.Execution;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Server.Telemetry;

/// <summary>
/// Counts the SQL statements of operations, and traces those that belong to a trace. A trace names the verb and the table,
/// not the text and never a parameter.
/// </summary>
internal sealed class StatementTelemetry(ServerMetrics metrics) : DbCommandInterceptor
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Verbs = new HashSet<string>(
        ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "PRAGMA"],
        StringComparer.Ordinal
    ).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \n\r\t();");

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

        var verb = VerbOf(command.CommandText);
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

        var summary = TableOf(command.CommandText) is { } table ? $"{verb} {table}" : verb;
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

    // The first word in capitals. It is read for every statement, so usual verbs are not made into new strings.
    private static string VerbOf(ReadOnlySpan<char> text)
    {
        foreach (var range in text.SplitAny(Separators))
        {
            var word = text[range];
            if (word.Length > 0 && !word.ContainsAnyExceptInRange('A', 'Z'))
            {
                return Verbs.TryGetValue(word, out var verb) ? verb : word.ToString();
            }
        }

        return "SQL";
    }

    // The name after the first FROM, INTO, UPDATE or JOIN.
    private static string? TableOf(ReadOnlySpan<char> text)
    {
        var isNext = false;
        foreach (var range in text.SplitAny(Separators))
        {
            var word = text[range];
            if (word.Length == 0)
            {
                continue;
            }

            if (isNext && word is ['"' or '[', .., '"' or ']'])
            {
                return word[1..^1].ToString();
            }

            isNext = word is "FROM" or "INTO" or "UPDATE" or "JOIN";
        }

        return null;
    }
}
