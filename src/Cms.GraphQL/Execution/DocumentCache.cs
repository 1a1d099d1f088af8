using GraphQL;
using GraphQL.DI;
using GraphQLParser.AST;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Caches parsed documents that are valid. Rules that depend on the variables or the caller still run on each request.
/// </summary>
internal sealed class DocumentCache : IConfigureExecution, IDisposable
{
    /// <summary>
    /// The maximum number of characters in all cached documents. A syntax tree takes about ten times as many bytes.
    /// </summary>
    private const int Capacity = 4_000_000;

    private readonly MemoryCache _documents = new(new MemoryCacheOptions { SizeLimit = Capacity });

    public float SortOrder => 200;

    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        if (options.Document is not null || options.Query is not { } query)
        {
            return await next(options);
        }

        // Validity depends on the operation: only the variables of the operation that runs are checked.
        object key = options.OperationName is null ? query : (query, options.OperationName);

        if (_documents.TryGetValue<GraphQLDocument>(key, out var known))
        {
            options.Document = known;
            options.ValidationRules = options.CachedDocumentValidationRules ?? [];
            return await next(options);
        }

        var result = await next(options);

        if (result is { Executed: true, Document: { } document })
        {
            _documents.Set(
                key,
                document,
                new MemoryCacheEntryOptions { Size = query.Length + 500, SlidingExpiration = TimeSpan.FromHours(1) }
            );
        }

        return result;
    }

    public void Dispose() => _documents.Dispose();
}
