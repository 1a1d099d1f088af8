using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Cms.GraphQL.Execution;
using GraphQL;
using GraphQL.Instrumentation;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.GraphQL.Documents;

/// <summary>Which documents the server executes.</summary>
public enum AcceptedDocuments
{
    /// <summary>Any document within the limits.</summary>
    All,

    /// <summary>Only the documents that ship with the server.</summary>
    Trusted,
}

/// <param name="FromAnonymous">The documents that callers may send without signing in.</param>
public sealed record DocumentSettings(AcceptedDocuments FromAnonymous = AcceptedDocuments.All);

/// <summary>A document that ships with the server.</summary>
/// <param name="Id">The SHA-256 of its text, in hex.</param>
/// <param name="Type"><c>query</c>, <c>mutation</c> or <c>subscription</c>.</param>
public sealed record TrustedDocument(string Id, string Name, string Type, string Body);

/// <summary>
/// Documents that requests can refer to by hash: the trusted documents, which ship with the server, and the documents
/// that clients register (automatic persisted queries), which stay registered while there is room.
/// </summary>
public sealed class KnownDocuments(CmsSchema schema, DocumentSettings settings) : IDisposable
{
    /// <summary>The maximum total size of all registered documents, in characters.</summary>
    private const int Capacity = 4_000_000;

    private readonly MemoryCache _registered = new(new MemoryCacheOptions { SizeLimit = Capacity });
    private FrozenDictionary<string, TrustedDocument> _trusted = FrozenDictionary<string, TrustedDocument>.Empty;

    /// <summary>The documents that ship with the server, by name.</summary>
    public IEnumerable<TrustedDocument> Trusted => _trusted.Values.OrderBy(d => d.Name, StringComparer.Ordinal);

    /// <summary>
    /// Reads the trusted documents in a folder. Each file is one operation with its fragments. A fragment that several
    /// operations use can have a file of its own, <c>Name.fragment.graphql</c>.
    /// </summary>
    /// <param name="folder">The folder. If it does not exist, there are no trusted documents.</param>
    /// <exception cref="CannotStartException">A file is not valid for the schema.</exception>
    public async Task LoadAsync(string folder)
    {
        List<TrustedDocument> documents = [];
        if (Directory.Exists(folder))
        {
            var fragments = await SharedFragments.ReadAsync(folder);
            foreach (var file in Directory.EnumerateFiles(folder, "*.graphql").Order(StringComparer.Ordinal))
            {
                if (!SharedFragments.IsFragment(file))
                {
                    documents.Add(await ReadAsync(file, fragments));
                }
            }
        }

        _trusted = documents.ToFrozenDictionary(document => document.Id, StringComparer.Ordinal);
    }

    /// <summary>Returns the request with the text of its document.</summary>
    /// <param name="request">The request as the client sent it.</param>
    /// <param name="isAnonymous">Whether the caller is not signed in.</param>
    /// <exception cref="RequestError">The document does not exist, or the caller is not allowed to send it.</exception>
    public GraphQLRequest Resolve(GraphQLRequest request, bool isAnonymous)
    {
        var found =
            request.DocumentId is { } id ? ById(request, id)
            : Hash(request) is { } hash ? Persisted(request, hash)
            : request;
        if (string.IsNullOrWhiteSpace(found.Query))
        {
            throw new RequestError(ErrorCodes.BadRequest, GraphQLRequest.NoQuery);
        }

        return
            !isAnonymous || settings.FromAnonymous is AcceptedDocuments.All || _trusted.ContainsKey(HashOf(found.Query))
            ? found
            : throw new RequestError(
                ErrorCodes.UnknownDocument,
                "Without signing in, you may send only documents that ship with this server. Sign in, or add your document to schema/operations."
            );
    }

    public void Dispose() => _registered.Dispose();

    private GraphQLRequest ById(GraphQLRequest request, string id) =>
        request.Query.Length > 0 ? throw new RequestError(ErrorCodes.BadRequest, "Send documentId or query, not both.")
        : _trusted.TryGetValue(id, out var document) ? request with { Query = document.Body }
        : throw new RequestError(
            ErrorCodes.UnknownDocument,
            "This server has no document with that id. Send the query itself, or add its file to schema/operations."
        );

    // The protocol of Apollo's persisted-queries link. Its client compares the message with exactly this text.
    private GraphQLRequest Persisted(GraphQLRequest request, string hash)
    {
        if (request.Query.Length == 0)
        {
            return _trusted.TryGetValue(hash, out var trusted) ? request with { Query = trusted.Body }
                : _registered.TryGetValue<string>(hash, out var known) ? request with { Query = known! }
                : throw new RequestError(ErrorCodes.PersistedQueryNotFound, "PersistedQueryNotFound");
        }

        if (HashOf(request.Query) != hash)
        {
            throw new RequestError(
                ErrorCodes.BadRequest,
                "sha256Hash is not the SHA-256 of the query. Hash the exact text that you send."
            );
        }

        if (request.Query.Length <= DocumentLimits.Length)
        {
            _registered.Set(
                hash,
                request.Query,
                new MemoryCacheEntryOptions
                {
                    Size = request.Query.Length + 200,
                    SlidingExpiration = TimeSpan.FromDays(1),
                }
            );
        }

        return request;
    }

    private async Task<TrustedDocument> ReadAsync(string file, SharedFragments fragments)
    {
        var body = fragments.AddTo((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"));
        var name = Path.GetFileName(file);
        GraphQLDocument document;
        try
        {
            document = new DocumentGuard().Build(body);
        }
        catch (ExecutionError error)
        {
            throw Invalid(name, error.Message);
        }

        if (document.Definitions.OfType<GraphQLOperationDefinition>().ToList() is not [{ Name: { } operation } only])
        {
            throw Invalid(name, "it must contain exactly one named operation");
        }

        var result = await new DocumentValidator().ValidateAsync(
            new ValidationOptions
            {
                Schema = schema,
                Document = document,
                Operation = only,
                UserContext = new Dictionary<string, object?>(StringComparer.Ordinal),
                // There is no request yet, so required variables have no values.
                Variables = Inputs.Empty,
                Extensions = Inputs.Empty,
                Metrics = Metrics.None,
                Rules = DocumentValidator.CoreRules,
            }
        );
        var faults = result.Errors.Where(error => error is not InvalidVariableError).ToList();
        return faults.Count == 0
            ? new TrustedDocument(
                HashOf(body),
                operation.StringValue,
                only.Operation.ToString().ToLowerInvariant(),
                body
            )
            : throw Invalid(name, faults[0].Message);
    }

    private static CannotStartException Invalid(string file, string problem) =>
        new($"The trusted document {file} is not valid: {problem.TrimEnd('.')}. Correct it and restart.");

    // Returns null if the request has no persistedQuery. The protocol has only version 1. Other versions are rejected.
    private static string? Hash(GraphQLRequest request)
    {
        if (!request.Extensions.TryGetValue(GraphQLRequest.PersistedQuery, out var sent) || sent is null)
        {
            return null;
        }

        return
            sent is IDictionary<string, object?> persisted
            && persisted.TryGetValue("version", out var version)
            && version is 1 or 1L
            && persisted.TryGetValue("sha256Hash", out var hash)
            && hash is string text
            ? text
            : throw new RequestError(
                ErrorCodes.BadRequest,
                "Send persistedQuery as { \"version\": 1, \"sha256Hash\": \"…\" }. Other versions are not supported."
            );
    }

    /// <summary>Returns the SHA-256 hash of a document, in lower-case hex.</summary>
    internal static string HashOf(string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
