using System.IO.Pipelines;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cms.Server.GraphQL;

/// <summary>
/// Sends large responses in parts, so that a client that does not read is disconnected soon. Kestrel gives each write time
/// in proportion to its length: a client that is handed some megabytes at once may take hours.
/// </summary>
internal static class ResponseParts
{
    private const int Longest = 64 * 1024;

    /// <summary>How fast a client must read at least, and how long it may pause.</summary>
    public static MinDataRate LeastRate { get; } =
        new(bytesPerSecond: 2_048, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Sends the whole body.</summary>
    public static ValueTask<FlushResult> SendAsync(HttpResponse response, ReadOnlyMemory<byte> body) =>
        body.Length <= Longest
            ? response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted)
            : SendInPartsAsync(response, body);

    private static async ValueTask<FlushResult> SendInPartsAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        FlushResult flushed = default;
        for (var sent = 0; sent < body.Length && !flushed.IsCompleted && !flushed.IsCanceled; sent += Longest)
        {
            flushed = await response.BodyWriter.WriteAsync(
                body.Slice(sent, Math.Min(Longest, body.Length - sent)),
                response.HttpContext.RequestAborted
            );
        }

        return flushed;
    }
}
