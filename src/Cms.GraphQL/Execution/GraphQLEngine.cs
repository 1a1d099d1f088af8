using System.Diagnostics;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.GraphQL.Execution;

/// <param name="MaxDuration">The time limit for one operation.</param>
/// <param name="AnonymousIntrospection">Whether callers may use introspection without signing in.</param>
/// <param name="SlowOperation">Operations that take at least this long are logged. Null means none.</param>
public sealed record EngineSettings(
    TimeSpan MaxDuration,
    bool AnonymousIntrospection = false,
    TimeSpan? SlowOperation = null
)
{
    public static TimeSpan DefaultDuration { get; } = TimeSpan.FromSeconds(10);
}

/// <summary>Executes requests against the schema, whatever their transport.</summary>
public sealed partial class GraphQLEngine(
    IDocumentExecuter executer,
    CmsSchema schema,
    Faults faults,
    EngineSettings settings,
    ILogger<GraphQLEngine> log,
    IAdmission? admission = null,
    ObserveAnswer? observe = null
)
{
    /// <param name="services">The services of this request's scope.</param>
    /// <param name="caller">The caller; null to use the current caller, which is anonymous by default.</param>
    /// <param name="readOnly">Whether to reject mutations with <see cref="ErrorCodes.MethodNotAllowed"/>.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request,
        IServiceProvider services,
        ICaller? caller = null,
        bool readOnly = false,
        CancellationToken cancellationToken = default
    )
    {
        var work = OperationWork.Begin();
        var began = Stopwatch.GetTimestamp();
        using var activity = EngineTelemetry.Start();
        var result = await AnswerAsync(request, services, caller, readOnly, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(began);
        EngineTelemetry.Record(elapsed, result);
        var isSlow = elapsed >= settings.SlowOperation;
        if (activity is null && !isSlow && !EngineTelemetry.IsTraced)
        {
            return result;
        }

        var operation = services.GetRequiredService<CurrentOperation>();
        var traced = EngineTelemetry.Of(request, result, operation.Cost);

        // A trace of a cached answer describes the operation too, also if this execution is not traced.
        operation.Traced = traced;
        if (activity is not null)
        {
            EngineTelemetry.Describe(activity, traced, "made");
            activity.SetTag("cms.sql.statements", work.Statements);
            activity.SetTag("cms.rows", result.Rows.Count());
            activity.SetTag("error.type", result.Errors is [{ Code: { } code }, ..] ? code : null);
        }

        if (isSlow)
        {
            LogSlow(traced.Type, traced.Name, traced.Hash, elapsed.TotalMilliseconds, traced.Cost, work.Statements);
        }

        return result;
    }

    private async Task<ExecutionResult> AnswerAsync(
        GraphQLRequest request,
        IServiceProvider services,
        ICaller? caller,
        bool readOnly,
        CancellationToken cancellationToken
    )
    {
        var current = services.GetRequiredService<CurrentCaller>();
        current.Value = caller ?? current.Value;
        if (admission is not null)
        {
            try
            {
                current.Value = await admission.AdmitAsync(current.Value, cancellationToken);
            }
            catch (RequestError refused)
            {
                return new ExecutionResult { Errors = [refused] };
            }
        }

        var options = new CmsExecutionOptions
        {
            Schema = schema,
            Query = request.Query,
            OperationName = request.OperationName,
            Variables = request.Variables,
            Extensions = request.Extensions,
            RequestServices = services,
            CancellationToken = cancellationToken,
            UnhandledExceptionDelegate = faults.HandleAsync,
            Timeout = settings.MaxDuration,
            UserContext = new Dictionary<string, object?>(StringComparer.Ordinal),
        };

        if (readOnly)
        {
            options.UserContext[CmsExecuter.ReadOnly] = null;
        }

        if (request.ReportsCost)
        {
            options.UserContext[CmsExecuter.ReportsCost] = null;
        }

        var result = await executer.ExecuteAsync(options);
        if (observe is null || request.StaysInside || !current.Value.IsSignedIn)
        {
            return result;
        }

        try
        {
            await observe(current.Value, result.Operation?.Name?.StringValue, result.Rows, cancellationToken);
            return result;
        }
        catch (RequestError failed)
        {
            return new ExecutionResult { Errors = [failed] };
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Slow {Type} {Operation} (document {Hash}): {Milliseconds:F0} ms, cost {Cost}, {Statements} SQL statements"
    )]
    private partial void LogSlow(
        string type,
        string? operation,
        string hash,
        double milliseconds,
        long? cost,
        int statements
    );
}

/// <summary>The options and the start time of one operation.</summary>
internal sealed class CmsExecutionOptions : ExecutionOptions
{
    /// <summary>The start time, as a timestamp of <see cref="TimeProvider.System" />.</summary>
    public long BeganAt { get; } = TimeProvider.System.GetTimestamp();
}
