using System.IO.Pipelines;

namespace Cms.Server.GraphQL;

/// <summary>
/// Sends large responses in parts, and disconnects a client that does not read a part in time. Kestrel gives clients time in
/// proportion to the length of the whole response, which can be hours for some megabytes.
/// </summary>
internal static class ResponseParts
{
    private const int Longest = 64 * 1024;

    private static readonly StreamSettings Usual = new();

    /// <summary>Sends the whole body.</summary>
    public static ValueTask<FlushResult> SendAsync(HttpResponse response, ReadOnlyMemory<byte> body) =>
        body.Length <= Longest
            ? response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted)
            : SendInPartsAsync(response, body);

    private static async ValueTask<FlushResult> SendInPartsAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        var http = response.HttpContext;
        var patience = (http.RequestServices.GetService<StreamSettings>() ?? Usual).SendTimeout;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        FlushResult flushed = default;
        try
        {
            for (
                var sent = 0;
                sent < body.Length && !flushed.IsCompleted && !late.IsCancellationRequested;
                sent += Longest
            )
            {
                late.CancelAfter(patience);
                flushed = await response.BodyWriter.WriteAsync(
                    body.Slice(sent, Math.Min(Longest, body.Length - sent)),
                    late.Token
                );
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The client did not read in time.
        }

        if (late.IsCancellationRequested)
        {
            http.Abort();
        }

        return flushed;
    }
}
