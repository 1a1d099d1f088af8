using System.Buffers;
using Cms.GraphQL.Execution;
using GraphQL;

namespace Cms.Server.GraphQL;

/// <summary>Sends complete results with their length, so that a failure never leaves a partial response.</summary>
internal static class ResponseWriter
{
    public static async Task WriteAsync(HttpResponse response, string type, int status, ExecutionResult result)
    {
        var buffer = Rented.Get();

        try
        {
            ResultWriter.Write(buffer, result);
            response.StatusCode = status;
            response.ContentType =
                type == MediaTypes.ResponseJson
                    ? $"{MediaTypes.ResponseJson}; charset=utf-8"
                    : $"{MediaTypes.Json}; charset=utf-8";
            response.Headers.XContentTypeOptions = "nosniff";
            if (result.Errors is { Count: > 0 } && response.Headers.CacheControl.Count == 0)
            {
                // An error must not be cached: the same request can succeed later or after signing in.
                response.Headers.CacheControl = "no-store";
            }

            response.ContentLength = buffer.WrittenCount;
            await ResponseParts.SendAsync(response, buffer.WrittenMemory);
        }
        finally
        {
            Rented.Return(buffer);
        }
    }

    /// <summary>Reuses one buffer per thread. Unusually large buffers are not reused.</summary>
    private static class Rented
    {
        private const int MaxReusedBytes = 256 * 1024;

        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _spare;

        public static ArrayBufferWriter<byte> Get()
        {
            var buffer = _spare ?? new(16 * 1024);
            _spare = null;
            return buffer;
        }

        public static void Return(ArrayBufferWriter<byte> buffer)
        {
            if (buffer.Capacity <= MaxReusedBytes)
            {
                buffer.ResetWrittenCount();
                _spare = buffer;
            }
        }
    }
}
