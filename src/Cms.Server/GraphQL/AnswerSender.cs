using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Cms.Changes;
using Cms.Delivery;
using Cms.GraphQL.Execution;
using Cms.Reading;
using Cms.Server.Access;
using Cms.Server.Telemetry;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.Net.Http.Headers;

namespace Cms.Server.GraphQL;

/// <summary>Sends cached answers, and caches public answers to queries if they have no errors.</summary>
internal sealed class AnswerSender(AnswerCache cache, ChangeFeed feed, CachingSettings settings, ServerMetrics metrics)
{
    private const int MaxSurrogateKeys = 200;
    private const string Vary =
        $"Accept, Accept-Encoding, Authorization, Cookie, {AskedPerspective.NameHeader}, {AskedPerspective.TokenHeader}";

    /// <summary>Returns the cache key of a request; null if its answer is only for one caller.</summary>
    /// <param name="http">The request.</param>
    /// <param name="sent">The body, or the query string of the URL.</param>
    public static AnswerKey? KeyOf(HttpContext http, ReadOnlyMemory<byte> sent) =>
        http.Request.Headers.Authorization.Count > 0 || !http.Viewer.IsPublic
            ? null
            : new AnswerKey(sent, HttpMethods.IsGet(http.Request.Method));

    /// <summary>Returns the change log's current end and number of gaps. Call it before executing a request.</summary>
    public (long? Tail, long Gaps) Now() => (feed.Tail, cache.Gaps);

    /// <summary>Sends the cached answer. Returns false if there is none.</summary>
    public ValueTask<bool> TrySendAsync(HttpContext http, string type, AnswerKey? key)
    {
        if (key is not { } request || feed.Tail is null || cache.Find(request) is not { } answer)
        {
            return new(false);
        }

        metrics.CountAnswer(isKept: true);
        if (EngineTelemetry.IsTraced)
        {
            EngineTelemetry.Kept(answer.Operation);
        }

        http.Response.Headers["Cache-Status"] = "Cms; hit";
        return TrySendAsync(http, type, answer);
    }

    /// <summary>Sends a new answer, and caches it if that is allowed.</summary>
    public Task SendAsync(
        HttpContext http,
        string type,
        int status,
        ExecutionResult result,
        AnswerKey? key,
        (long? Tail, long Gaps) begun
    )
    {
        metrics.CountAnswer(isKept: false);
        var isGet = HttpMethods.IsGet(http.Request.Method);
        if (
            key is not { } request
            || !result.Executed
            || result.Errors is { Count: > 0 }
            || result.Operation?.Operation is not OperationType.Query
        )
        {
            http.Response.Headers["Cache-Status"] = "Cms; fwd=bypass";
            if (isGet)
            {
                http.Response.Headers.CacheControl = "no-store";
            }

            return ResponseWriter.WriteAsync(http.Response, type, status, result);
        }

        var reads = http.RequestServices.GetRequiredService<ReadContexts>().Reads;
        var body = new ArrayBufferWriter<byte>(4_096);
        ResultWriter.Write(body, result);
        var bytes = body.WrittenSpan.ToArray();
        var answer = new Answer(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"", reads)
        {
            Operation = http.RequestServices.GetRequiredService<CurrentOperation>().Traced,
        };
        var isCached = begun.Tail is { } tail && cache.Add(request, answer, tail, begun.Gaps);
        http.Response.Headers["Cache-Status"] = isCached ? "Cms; fwd=uri-miss; stored" : "Cms; fwd=uri-miss";
        return WriteAsync(http, type, answer);
    }

    private async ValueTask<bool> TrySendAsync(HttpContext http, string type, Answer answer)
    {
        await WriteAsync(http, type, answer);
        return true;
    }

    private Task WriteAsync(HttpContext http, string type, Answer answer)
    {
        var (request, response) = (http.Request, http.Response);
        var coding = answer.IsWorthCompressing ? Coding(request) : null;
        response.Headers.Vary = Vary;
        response.Headers.XContentTypeOptions = "nosniff";
        if (answer.Reads.ArePersonal)
        {
            response.Headers.CacheControl = "private, no-store";
        }
        else if (HttpMethods.IsGet(request.Method))
        {
            // Each representation has its own entity tag (RFC 9110 §8.8.3.3).
            var tag = coding is null ? answer.EntityTag : $"{answer.EntityTag[..^1]}-{coding}\"";
            response.Headers.ETag = tag;
            response.Headers.CacheControl = settings.Header;
            response.Headers["Surrogate-Key"] = SurrogateKeys(answer);
            if (Has(request.Headers.IfNoneMatch, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        response.ContentType =
            type == MediaTypes.ResponseJson
                ? $"{MediaTypes.ResponseJson}; charset=utf-8"
                : $"{MediaTypes.Json}; charset=utf-8";
        var body = answer.Body;
        if (coding is not null)
        {
            response.Headers.ContentEncoding = coding;
            body = answer.In(coding);
        }

        response.ContentLength = body.Length;
        return ResponseParts.SendAsync(response, body).AsTask();
    }

    // The keys are the subjects whose changes invalidate the answer, and every id in the answer as 32 hex digits.
    private static string SurrogateKeys(Answer answer) =>
        string.Join(
            ' ',
            answer
                .Reads.Subjects.Select(subject => subject.ToString().ToLowerInvariant())
                .Concat(answer.Reads.Ids.Select(id => id.ToString("n", CultureInfo.InvariantCulture)))
                .Take(MaxSurrogateKeys)
        );

    private static string? Coding(HttpRequest request)
    {
        if (request.Headers.AcceptEncoding.Count == 0)
        {
            return null;
        }

        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Accepts(accepted, "br") ? "br"
            : Accepts(accepted, "gzip") ? "gzip"
            : null;
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        accepted.FirstOrDefault(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } named
            ? named.Quality is not 0
            : accepted.Any(a => a.Value == "*" && a.Quality is not 0);

    private static bool Has(Microsoft.Extensions.Primitives.StringValues tags, string tag) =>
        tags.Any(line =>
            line?.Split(',', StringSplitOptions.TrimEntries).Any(t => t == tag || t == "*" || t == $"W/{tag}") is true
        );
}

/// <summary>How long caches between the server and readers may cache public answers.</summary>
public sealed record CachingSettings
{
    /// <summary>How many seconds an answer is fresh in a shared cache (<c>s-maxage</c>, RFC 9111 §5.2.2.10).</summary>
    public int SharedMaxAge { get; init; } = 5;

    /// <summary>How many seconds longer a cache may serve the stale answer while revalidating (RFC 5861 §3).</summary>
    public int StaleWhileRevalidate { get; init; } = 30;

    internal string Header =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"public, max-age=0, s-maxage={SharedMaxAge}, stale-while-revalidate={StaleWhileRevalidate}"
        );
}
