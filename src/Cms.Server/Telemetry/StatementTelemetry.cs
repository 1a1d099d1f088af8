using System.Collections.Concurrent;
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
    // Statements are generated, so there are few. Hand-written ones are constants.
    private const int MaxKnown = 5_000;

    private static readonly string[] BeforeTable = ["FROM", "INTO", "UPDATE", "JOIN"];

    private readonly ConcurrentDictionary<string, (string Verb, string Summary)> _known = new(StringComparer.Ordinal);

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
        if (metrics.Statements.Enabled)
        {
            TagList tags = new()
            {
                { "db.system.name", SystemOf(command) },
                { "db.operation.name", Known(command.CommandText).Verb },
            };
            if (fault is not null)
            {
                tags.Add("error.type", fault.GetType().FullName);
            }

            metrics.Statements.Record(ended.Duration.TotalSeconds, tags);
        }

        // The feed reads the log every second. A trace for each reading would hide the others.
        if (Activity.Current is not { Recorded: true })
        {
            return;
        }

        var (verb, summary) = Known(command.CommandText);
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

    private (string Verb, string Summary) Known(string text)
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
    private static (string Verb, string Summary) SummaryOf(string text)
    {
        var words = text.Split([' ', '\n', '\r', '\t', '(', ')', ';'], StringSplitOptions.RemoveEmptyEntries);
        var verb = Array.Find(words, word => word.All(char.IsAsciiLetterUpper)) ?? "SQL";
        for (var i = 0; i + 1 < words.Length; i++)
        {
            var name = words[i + 1];
            if (BeforeTable.Contains(words[i], StringComparer.Ordinal) && name is ['"' or '[', .., '"' or ']'])
            {
                return (verb, $"{verb} {name[1..^1]}");
            }
        }

        return (verb, verb);
    }
}
