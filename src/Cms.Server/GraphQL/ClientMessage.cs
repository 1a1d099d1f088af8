using System.Text;
using System.Text.Json;
using Cms.GraphQL;

namespace Cms.Server.GraphQL;

/// <summary>A message that a client sends over a WebSocket.</summary>
internal sealed record ClientMessage(string? Type, string? Id, ReadOnlyMemory<byte>? Payload)
{
    /// <exception cref="RequestError">The bytes are not a valid message.</exception>
    public static ClientMessage Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            return root.ValueKind is JsonValueKind.Object
                ? new ClientMessage(Text(root, "type"), Text(root, "id"), PayloadOf(root))
                : throw Unreadable();
        }
        // A lone surrogate is well-formed JSON but not valid text.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw Unreadable();
        }
    }

    // A payload must be an object. Null counts as no payload, because some front ends send null.
    private static ReadOnlyMemory<byte>? PayloadOf(JsonElement root) =>
        !root.TryGetProperty("payload", out var payload) || payload.ValueKind is JsonValueKind.Null ? null
        : payload.ValueKind is JsonValueKind.Object
            ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(payload.GetRawText())
        : throw new RequestError(ErrorCodes.BadRequest, "A payload must be an object");

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static RequestError Unreadable() => new(ErrorCodes.BadRequest, "Send each message as a JSON object");
}
