using GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <param name="MaxDuration">How long one operation may take.</param>
/// <param name="AnonymousIntrospection">Whether those who have not signed in may ask for the schema by GraphQL.</param>
public sealed record EngineSettings(TimeSpan MaxDuration, bool AnonymousIntrospection = false)
{
    public static TimeSpan DefaultDuration { get; } = TimeSpan.FromSeconds(10);
}

/// <summary>Executes requests against the schema, whichever door they came through.</summary>
public sealed class GraphQLEngine(IDocumentExecuter executer, CmsSchema schema, Faults faults, EngineSettings settings)
{
    /// <param name="request">What the client sent.</param>
    /// <param name="services">The request's own services.</param>
    /// <param name="caller">Who asks; null when nobody signed in.</param>
    /// <param name="readOnly">Refuse mutations (<see cref="ErrorCodes.MethodNotAllowed"/>).</param>
    /// <param name="cancellationToken">Ends when the client goes away.</param>
    public Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request,
        IServiceProvider services,
        ICaller? caller = null,
        bool readOnly = false,
        CancellationToken cancellationToken = default
    )
    {
        if (caller is not null)
        {
            services.GetRequiredService<CurrentCaller>().Value = caller;
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

        return executer.ExecuteAsync(options);
    }
}

/// <summary>The options of one operation, and when it began.</summary>
internal sealed class CmsExecutionOptions : ExecutionOptions
{
    /// <summary>A timestamp of <see cref="TimeProvider.System" />.</summary>
    public long BeganAt { get; } = TimeProvider.System.GetTimestamp();
}
