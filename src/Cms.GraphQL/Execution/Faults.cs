using System.Diagnostics;
using System.Runtime.CompilerServices;
using GraphQL.Execution;
using GraphQLParser.AST;
using Microsoft.Extensions.Logging;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Logs our own faults, each once, and gives the client the reference. An outage (<see cref="IOutages" />) is no such fault.
/// </summary>
public sealed partial class Faults(ILogger<Faults> log, IOutages? outages = null)
{
    // A failed batch fails all the fields that waited for it with the same exception.
    private readonly ConditionalWeakTable<Exception, string> _references = [];

    public Task HandleAsync(UnhandledExceptionContext context)
    {
        // What is interrupted when the client leaves or time runs out is no fault of ours.
        context.Context?.CancellationToken.ThrowIfCancellationRequested();
        if (outages?.Of(context.OriginalException) is { } error)
        {
            // The other fields of a query would fail as well, so the whole query does. A mutation is answered field by
            // field: what earlier ones did is not forgotten.
            if (context is { FieldContext: not null, Context.Operation.Operation: not OperationType.Mutation })
            {
                throw error;
            }

            context.Exception = error;
            return Task.CompletedTask;
        }

        context.ErrorMessage = Message(
            context.OriginalException,
            context.FieldContext is { } field ? string.Join('.', field.Path) : "",
            context.ExecutionOptions.OperationName
        );
        return Task.CompletedTask;
    }

    /// <summary>Logs a fault that ended a stream of answers, and gives what the client is told.</summary>
    public RequestError Report(Exception fault) =>
        outages?.Of(fault) ?? new RequestError(ErrorCodes.Internal, Message(fault, "", null));

    private string Message(Exception fault, string path, string? operation)
    {
        if (!_references.TryGetValue(fault, out var reference))
        {
            reference = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
            _references.AddOrUpdate(fault, reference);
            Failed(fault, reference, path, operation);
        }

        return $"Something went wrong on our side. It has been logged with reference {reference}.";
    }

    [LoggerMessage(LogLevel.Error, "GraphQL field {Path} of operation {Operation} failed, reference {Reference}")]
    private partial void Failed(Exception fault, string reference, string path, string? operation);
}
