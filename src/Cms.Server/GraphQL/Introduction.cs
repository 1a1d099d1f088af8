using System.Text.Json;
using Cms.GraphQL;

namespace Cms.Server.GraphQL;

/// <summary>
/// Reads the token from the payload of <c>connection_init</c>: <c>authorization: "Bearer …"</c>, or <c>token</c>.
/// </summary>
internal static class Introduction
{
    /// <summary>Returns false if the token is not a string, or if there are several tokens.</summary>
    /// <exception cref="RequestError">A name or a token contains a lone surrogate.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> payload, out string? authorization)
    {
        try
        {
            return TryFind(payload, out authorization);
        }
        catch (InvalidOperationException)
        {
            throw new RequestError(ErrorCodes.BadRequest, "The payload contains an incomplete character");
        }
    }

    private static bool TryFind(ReadOnlyMemory<byte> payload, out string? authorization)
    {
        authorization = null;
        using var json = JsonDocument.Parse(payload);
        foreach (var member in json.RootElement.EnumerateObject())
        {
            var isToken = member.NameEquals("token");
            if (!isToken && !member.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // Null means anonymous: front ends send it until somebody has signed in.
            if (member.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            if (member.Value.ValueKind is not JsonValueKind.String || authorization is not null)
            {
                return false;
            }

            authorization = isToken ? $"Bearer {member.Value.GetString()}" : member.Value.GetString();
        }

        return true;
    }
}
