using System.Diagnostics;
using System.Runtime.CompilerServices;
using GraphQL.Execution;
using GraphQLParser.AST;
using Microsoft.Extensions.Logging;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Logs each server fault once and gives the client a reference to the log entry. An outage
/// (<see cref="IOutages" />) does not count as a fault.
/// </summary>
public sealed partial class Faults(ILogger<Faults> log, IOutages? outages = null)
{
    // All fields that wait for a failed batch fail with the same exception, which is logged once.
    private readonly ConditionalWeakTable<Exception, string> _references = [];

    public Task HandleAsync(UnhandledExceptionContext context)
    {
        // An operation that is interrupted because the client disconnected or the time ran out is not a server fault.
        context.Context?.CancellationToken.ThrowIfCancellationRequested();
        if (outages?.Of(context.OriginalException) is { } error)
        {
            // The other fields of a query would also fail, so the whole query fails. A mutation request fails field by
            // field, so that the client still gets the results of earlier mutations.
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

    /// <summary>Logs a fault that ended a stream of responses, and returns the error for the client.</summary>
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
