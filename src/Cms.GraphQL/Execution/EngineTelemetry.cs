using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Cms.GraphQL.Documents;
using GraphQL;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>What traces say about an operation. It contains no text of the document and no variables.</summary>
/// <param name="Type"><c>query</c>, <c>mutation</c> or <c>subscription</c>.</param>
/// <param name="Name">The name that the document gives to the operation; null if it has none.</param>
/// <param name="Hash">The SHA-256 hash of the document, as in trusted documents.</param>
/// <param name="Cost">The cost of the operation.</param>
public sealed record TracedOperation(string Type, string? Name, string Hash, long? Cost);

/// <summary>The traces and metrics of the engine. Without a listener they cost almost nothing.</summary>
public static class EngineTelemetry
{
    /// <summary>The name of the source of traces, and of the meter.</summary>
    public const string Name = "Cms.GraphQL";

    // A name can be as long as a document.
    private const int MaxName = 80;

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "cms.graphql.operation.duration",
        "s",
        "Duration of executed GraphQL operations."
    );

    private static readonly UpDownCounter<long> Subscribers = Meter.CreateUpDownCounter<long>(
        "cms.subscribers",
        "{subscriber}",
        "Number of open subscriptions."
    );

    private static readonly ConditionalWeakTable<GraphQLDocument, string> Hashes = [];

    /// <summary>Whether anybody receives traces.</summary>
    public static bool IsTraced => Source.HasListeners();

    /// <summary>Records an operation whose answer was cached.</summary>
    public static void Kept(TracedOperation? operation)
    {
        using var activity = Start();
        if (activity is not null && operation is not null)
        {
            Describe(activity, operation, "kept");
        }
    }

    internal static Activity? Start() => Source.StartActivity("graphql", ActivityKind.Internal);

    internal static void Begin() => Subscribers.Add(1);

    internal static void End() => Subscribers.Add(-1);

    internal static void Describe(Activity activity, TracedOperation operation, string answer)
    {
        activity.DisplayName = operation.Name is { } name ? $"{operation.Type} {name}" : operation.Type;
        activity.SetTag("graphql.operation.type", operation.Type);
        activity.SetTag("graphql.operation.name", operation.Name);
        activity.SetTag("graphql.document.hash", operation.Hash);
        activity.SetTag("cms.graphql.cost", operation.Cost);
        activity.SetTag("cms.answer", answer);
    }

    internal static TracedOperation Of(GraphQLRequest request, ExecutionResult result, long? cost) =>
        new(TypeOf(result), NameOf(result), HashOf(request.Query, result.Document), cost);

    // A document that is executed again is usually the same object, from the cache of documents.
    private static string HashOf(string query, GraphQLDocument? document) =>
        document is null ? KnownDocuments.HashOf(query)
        : Hashes.TryGetValue(document, out var known) ? known
        : Hashes.GetOrAdd(document, KnownDocuments.HashOf(query));

    internal static string? NameOf(ExecutionResult result) =>
        result.Operation?.Name?.StringValue is not { } name ? null
        : name.Length <= MaxName ? name
        : name[..MaxName];

    // A document that cannot be read has no operation.
    internal static string TypeOf(ExecutionResult result) =>
        result.Operation?.Operation switch
        {
            OperationType.Query => "query",
            OperationType.Mutation => "mutation",
            OperationType.Subscription => "subscription",
            _ => "unknown",
        };

    internal static void Record(TimeSpan duration, ExecutionResult result)
    {
        if (!Duration.Enabled)
        {
            return;
        }

        TagList tags = new() { { "graphql.operation.type", TypeOf(result) } };
        if (result.Errors is [{ Code: { } code }, ..])
        {
            tags.Add("error.type", code);
        }

        Duration.Record(duration.TotalSeconds, tags);
    }
}
