using GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <param name="MaxDuration">The time limit for one operation.</param>
/// <param name="AnonymousIntrospection">Whether callers may use introspection without signing in.</param>
public sealed record EngineSettings(TimeSpan MaxDuration, bool AnonymousIntrospection = false)
{
    public static TimeSpan DefaultDuration { get; } = TimeSpan.FromSeconds(10);
}

/// <summary>Executes requests against the schema, whatever their transport.</summary>
public sealed class GraphQLEngine(
    IDocumentExecuter executer,
    CmsSchema schema,
    Faults faults,
    EngineSettings settings,
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
}

/// <summary>The options and the start time of one operation.</summary>
internal sealed class CmsExecutionOptions : ExecutionOptions
{
    /// <summary>The start time, as a timestamp of <see cref="TimeProvider.System" />.</summary>
    public long BeganAt { get; } = TimeProvider.System.GetTimestamp();
}
