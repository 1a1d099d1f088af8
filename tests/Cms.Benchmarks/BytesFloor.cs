using System.Collections.Concurrent;

namespace Cms.Benchmarks;

/// <summary>Serves stored responses, to measure the cost of Kestrel without the product.</summary>
internal static class BytesFloor
{
    public static void Map(WebApplication app)
    {
        ConcurrentDictionary<string, byte[]> answers = new(StringComparer.Ordinal);
        app.MapPost(
            "/floor/bytes/{workload}",
            async (string workload, HttpRequest request, HttpResponse response) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                answers[workload] = body.ToArray();
                await SqlFloor.SendAsync(response, "{\"data\":{}}"u8.ToArray());
            }
        );
        app.MapGet(
            "/floor/bytes/{workload}",
            (string workload, HttpResponse response) => SqlFloor.SendAsync(response, answers[workload])
        );
    }
}
