using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cms.Pages;

/// <summary>The GraphQL API over HTTP. Pages have no other source of data.</summary>
/// <param name="http">A client whose base address is the API's.</param>
/// <param name="operations">The documents that the pages send.</param>
public sealed class CmsApi(HttpClient http, Operations operations)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
        RespectNullableAnnotations = true,
    };

    // Longer than any query should take; readers of known pages wait less.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Returns an HTTP client whose base address is the API's.</summary>
    public static HttpClient ClientOf(HttpMessageHandler handler, Uri api)
    {
        ArgumentNullException.ThrowIfNull(api);
        return new(handler) { BaseAddress = new Uri(api.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout };
    }

    /// <summary>Returns a value as the API reads it in variables.</summary>
    public static JsonNode ToJson(object value) => JsonSerializer.SerializeToNode(value, Json)!;

    /// <summary>Sends a query with GET, so that the API can answer from its cache and say that nothing has changed.</summary>
    /// <param name="operation">The name of the document.</param>
    /// <param name="variables">An object with the variables; null if there are none.</param>
    /// <param name="caller">For whom the page asks.</param>
    /// <param name="known">The last answer to the same query, to be returned if it has not changed.</param>
    /// <exception cref="ApiUnavailableException">The API did not answer, or answered with an error.</exception>
    public async Task<Answer<T>> QueryAsync<T>(
        string operation,
        object? variables,
        Caller caller,
        Answer<T>? known,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await QueryAsync(
                operation,
                $"documentId={operations.IdOf(operation)}",
                variables,
                caller,
                known,
                cancellationToken
            );
        }
        catch (UnknownDocumentException)
        {
            // An API of another release does not have this document yet, or does not have it any more.
            var text = "query=" + Uri.EscapeDataString(operations.TextOf(operation));
            return await QueryAsync(operation, text, variables, caller, known, cancellationToken);
        }
    }

    private async Task<Answer<T>> QueryAsync<T>(
        string operation,
        string document,
        object? variables,
        Caller caller,
        Answer<T>? known,
        CancellationToken cancellationToken
    )
    {
        var url = $"graphql?{document}";
        if (variables is not null)
        {
            url += "&variables=" + Uri.EscapeDataString(JsonSerializer.Serialize(variables, Json));
        }

        using HttpRequestMessage request = new(HttpMethod.Get, url);
        caller.AddTo(request);
        if (known?.ETag is { } tag)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        using var response = await SendAsync(request, operation, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            return known;
        }

        var (data, length) = await ReadAsync<T>(response, operation, cancellationToken);
        return new Answer<T>(
            data,
            response.Headers.ETag,
            response.Headers.TryGetValues("Surrogate-Key", out var keys) ? string.Join(' ', keys) : "",
            length
        );
    }

    /// <summary>Sends a mutation, or a query for one reader.</summary>
    /// <exception cref="SignInEndedException">The session has ended.</exception>
    /// <exception cref="NotAllowedException">The reader has no role that may do this.</exception>
    /// <exception cref="ApiUnavailableException">The API did not answer, or answered with an error.</exception>
    public async Task<T> SendAsync<T>(
        string operation,
        object? variables,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await PostAsync<T>(
                operation,
                new JsonObject { ["documentId"] = operations.IdOf(operation) },
                variables,
                caller,
                cancellationToken
            );
        }
        catch (UnknownDocumentException)
        {
            return await PostAsync<T>(
                operation,
                new JsonObject { ["query"] = operations.TextOf(operation) },
                variables,
                caller,
                cancellationToken
            );
        }
    }

    private async Task<T> PostAsync<T>(
        string operation,
        JsonObject body,
        object? variables,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "graphql");
        caller.AddTo(request);
        body["variables"] = JsonSerializer.SerializeToNode(variables, Json);
        request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json", "utf-8"));
        using var response = await SendAsync(request, operation, cancellationToken);
        return (await ReadAsync<T>(response, operation, cancellationToken)).Data;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        string operation,
        CancellationToken cancellationToken
    )
    {
        request.Headers.Accept.ParseAdd("application/graphql-response+json");
        try
        {
            var response = await http.SendAsync(request, cancellationToken);
            if (request.Options.TryGetValue(PartnerVisit.Key, out var visit))
            {
                visit?.Take(response);
            }

            return response;
        }
        catch (HttpRequestException failure)
        {
            throw new ApiUnavailableException($"{operation}: the API did not answer.", failure);
        }
        catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiUnavailableException($"{operation}: the API did not answer in time.", late);
        }
    }

    private static async Task<(T Data, int Length)> ReadAsync<T>(
        HttpResponseMessage response,
        string operation,
        CancellationToken cancellationToken
    )
    {
        byte[] body;
        Envelope<T>? answer;
        try
        {
            body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            answer = JsonSerializer.Deserialize<Envelope<T>>(body, Json);
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            throw new ApiUnavailableException(
                $"{operation}: the API answered {(int)response.StatusCode}, and the answer cannot be read.",
                failure
            );
        }

        return answer switch
        {
            { Errors: [{ Extensions.Code: "AUTH_NOT_AUTHENTICATED" or "AUTH_INVALID_TOKEN" }, ..] } =>
                throw new SignInEndedException(),
            { Errors: [{ Extensions.Code: "AUTH_NOT_AUTHORIZED" } refusal, ..] } => throw new NotAllowedException(
                refusal.Message
            ),
            { Errors: [{ Extensions.Code: "UNKNOWN_DOCUMENT" }, ..] } => throw new UnknownDocumentException(),
            { Errors: [{ Extensions.Code: "CURSOR_INVALID" or "CHANGES_RESYNC" }, ..] } =>
                throw new UnknownCursorException(),
            { Errors: [{ Extensions.Code: "BAD_USER_INPUT" or "ID_MALFORMED" or "TOO_MANY_IDS" } refusal, ..] } =>
                throw new RefusedException(refusal.Message),
            { Errors: [{ Extensions.Code: "RATE_LIMITED" } refusal, ..] } => throw new TooManyRequestsException(
                $"{operation}: {refusal.Message}"
            ),
            { Errors: [{ Extensions.Code: "QUOTA_EXCEEDED" } refusal, ..] } => throw new QuotaExceededException(
                refusal.Message
            ),
            { Errors: [var error, ..] } => throw new ApiUnavailableException($"{operation}: {error.Message}"),
            { Data: { } data } => (data, body.Length),
            _ => throw new ApiUnavailableException(
                $"{operation}: the API answered {(int)response.StatusCode} without data."
            ),
        };
    }

    private sealed class UnknownDocumentException : Exception;

    private sealed record Envelope<T>(T? Data, IReadOnlyList<Error>? Errors);

    private sealed record Error(string Message, ErrorExtensions? Extensions);

    private sealed record ErrorExtensions(string? Code);
}

/// <summary>The data of an answer and what identifies this version of it.</summary>
/// <param name="ETag">The validator; null if the answer must not be cached.</param>
/// <param name="Keys">The ids by which a CDN can purge a page that is made of the answer, separated by spaces.</param>
/// <param name="Length">The length of the answer as it was sent, in bytes.</param>
public sealed record Answer<T>(T Data, EntityTagHeaderValue? ETag, string Keys, int Length);

/// <summary>For whom a page asks: anonymous readers share answers, a signed-in person has a session cookie.</summary>
/// <param name="Cookie">The session cookie as <c>name=value</c>; null for anonymous readers.</param>
/// <param name="Preview">The token of a preview link; null if the page is not a preview.</param>
/// <param name="Address">The address of the reader, which the limits of the API count.</param>
public sealed record Caller(string? Cookie = null, string? Preview = null, IPAddress? Address = null)
{
    /// <summary>The option of a request that holds the reader's address.</summary>
    public static HttpRequestOptionsKey<IPAddress?> AddressKey { get; } = new("Cms.Pages.Address");

    /// <summary>Whether the person asks for the newest revisions instead of what is published. Only staff may.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The feed key of a partner, for whom the page is made; null otherwise.</summary>
    public string? FeedKey { get; init; }

    /// <summary>The request of that partner; null if it is not counted.</summary>
    public PartnerVisit? Visit { get; init; }

    /// <summary>Whether answers may be shared with other readers.</summary>
    public bool IsPublic => Cookie is null && Preview is null && FeedKey is null && !IsDraft;

    /// <summary>Adds the caller to a request.</summary>
    public void AddTo(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(AddressKey, Address);
        request.Options.Set(PartnerVisit.Key, Visit);
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
            request.Headers.Add("GraphQL-Preflight", "1");
        }

        if (Preview is not null)
        {
            request.Headers.TryAddWithoutValidation("Cms-Preview", Preview);
        }

        if (IsDraft)
        {
            request.Headers.Add("Cms-Perspective", "draft");
        }

        if (FeedKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", FeedKey);
        }
    }
}

/// <summary>The API did not answer, or answered with an error that the page cannot act on.</summary>
public class ApiUnavailableException : Exception
{
    public ApiUnavailableException(string message)
        : base(message) { }

    public ApiUnavailableException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>The API refuses this reader's requests for a moment, because there were too many.</summary>
public sealed class TooManyRequestsException(string message) : ApiUnavailableException(message);

/// <summary>The partner has used up the requests of its month.</summary>
public sealed class QuotaExceededException(string message) : Exception(message);

/// <summary>The signed-in person has no role that may do this.</summary>
public sealed class NotAllowedException(string message) : Exception(message);

/// <summary>The API cannot use a value that the browser sent. The message says what to change.</summary>
public sealed class RefusedException(string message) : Exception(message);

/// <summary>The session of a signed-in reader has ended.</summary>
public sealed class SignInEndedException : Exception;

/// <summary>A list or the change log does not know the cursor, for example after a database was restored.</summary>
public sealed class UnknownCursorException : Exception;
