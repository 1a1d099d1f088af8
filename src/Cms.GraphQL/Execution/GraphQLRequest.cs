using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphQL;

namespace Cms.GraphQL.Execution;

/// <summary>A client's request to execute one operation, whatever its transport.</summary>
public sealed record GraphQLRequest(string Query)
{
    public string? OperationName { get; init; }

    public Inputs Variables { get; init; } = Inputs.Empty;

    public Inputs Extensions { get; init; } = Inputs.Empty;

    /// <summary>Whether the response reports the operation's cost.</summary>
    public bool ReportsCost { get; init; }

    /// <summary>
    /// Whether the server asks for itself and does not send the answer, so that nobody needs to know what it contains.
    /// </summary>
    public bool StaysInside { get; init; }

    /// <summary>
    /// The hash of a trusted document, sent in place of the query (GraphQL over HTTP, "Persisted Documents").
    /// </summary>
    public string? DocumentId { get; init; }

    internal const string PersistedQuery = "persistedQuery";

    internal const string NoQuery = "The request has no query. Send {\"query\": \"{ … }\"}.";

    /// <summary>Reads the JSON body of a request. Unknown members are ignored.</summary>
    /// <exception cref="RequestError">The body is not a GraphQL request, or its variables are too large.</exception>
    public static GraphQLRequest Read(ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
            return Read(ref reader);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Bad("The body is not JSON in UTF-8.");
        }
    }

    /// <summary>Creates a request from the parameters of a URL.</summary>
    /// <exception cref="RequestError">A parameter is invalid.</exception>
    public static GraphQLRequest Of(
        string? query,
        string? operationName,
        string? variables,
        string? extensions,
        string? documentId = null
    ) =>
        Named(
            new(query ?? "")
            {
                DocumentId = string.IsNullOrEmpty(documentId) ? null : documentId,
                OperationName = string.IsNullOrEmpty(operationName) ? null : operationName,
                Variables = Object(variables, "variables"),
                Extensions = Object(extensions, "extensions"),
            }
        );

    private static GraphQLRequest Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw Bad("The body must be one JSON object.");
        }

        string? query = null;
        string? operationName = null;
        string? documentId = null;
        var variables = Inputs.Empty;
        var extensions = Inputs.Empty;

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("query"u8))
            {
                query = Text(ref reader, "query");
            }
            else if (reader.ValueTextEquals("operationName"u8))
            {
                operationName = Text(ref reader, "operationName");
            }
            else if (reader.ValueTextEquals("documentId"u8))
            {
                documentId = Text(ref reader, "documentId");
            }
            else if (reader.ValueTextEquals("variables"u8))
            {
                reader.Read();
                variables = VariablesGuard.Read(ref reader, "variables");
            }
            else if (reader.ValueTextEquals("extensions"u8))
            {
                reader.Read();
                extensions = VariablesGuard.Read(ref reader, "extensions");
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Read())
        {
            throw Bad("The body must be one JSON object.");
        }

        return Named(
            new(query ?? "")
            {
                DocumentId = string.IsNullOrEmpty(documentId) ? null : documentId,
                OperationName = string.IsNullOrEmpty(operationName) ? null : operationName,
                Variables = variables,
                Extensions = extensions,
            }
        );
    }

    // A request must contain a document or refer to one.
    private static GraphQLRequest Named(GraphQLRequest request) =>
        string.IsNullOrWhiteSpace(request.Query)
        && request.DocumentId is null
        && !request.Extensions.ContainsKey(PersistedQuery)
            ? throw Bad(NoQuery)
            : request;

    private static string? Text(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? reader.GetString()
            : throw Bad($"{what} must be a string.");
    }

    private static Inputs Object(string? json, string what)
    {
        if (string.IsNullOrEmpty(json))
        {
            return Inputs.Empty;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 64 });
            reader.Read();
            var read = VariablesGuard.Read(ref reader, what);
            return reader.Read() ? throw Bad($"{what} must be one JSON object.") : read;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Bad($"{what} is not JSON.");
        }
    }

    private static RequestError Bad(string message) => new(ErrorCodes.BadRequest, message);
}
