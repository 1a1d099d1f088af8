using System.Text.Json;
using Cms.GraphQL;
using Cms.Server.Access;

namespace Cms.Server.GraphQL;

/// <summary>
/// The payload of <c>connection_init</c>: a token (<c>authorization: "Bearer …"</c>, or <c>token</c>), and the
/// perspective (<c>perspective</c> and <c>preview</c>, like the headers).
/// </summary>
/// <param name="Authorization">The token; null if there is none.</param>
/// <param name="Asked">The perspective.</param>
internal readonly record struct Introduction(string? Authorization, AskedPerspective Asked)
{
    /// <summary>Returns null if a value is not a string, or if there are several of one kind.</summary>
    /// <exception cref="RequestError">A name or a value contains a lone surrogate.</exception>
    public static Introduction? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return Find(payload);
        }
        catch (InvalidOperationException)
        {
            throw new RequestError(ErrorCodes.BadRequest, "The payload contains an incomplete character");
        }
    }

    private static Introduction? Find(ReadOnlyMemory<byte> payload)
    {
        var values = new Dictionary<Kind, string>();
        using var json = JsonDocument.Parse(payload);
        foreach (var member in json.RootElement.EnumerateObject())
        {
            // Null means none: front ends send a null token until somebody has signed in.
            if (KindOf(member) is not { } kind || member.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            if (member.Value.ValueKind is not JsonValueKind.String)
            {
                return null;
            }

            var text = member.Value.GetString()!;
            var isNew =
                kind is Kind.Token ? values.TryAdd(Kind.Authorization, $"Bearer {text}") : values.TryAdd(kind, text);
            if (!isNew)
            {
                return null;
            }
        }

        return new(
            values.GetValueOrDefault(Kind.Authorization),
            new(values.GetValueOrDefault(Kind.Perspective), values.GetValueOrDefault(Kind.Preview))
        );
    }

    private static Kind? KindOf(JsonProperty member) =>
        member.NameEquals("token") ? Kind.Token
        : member.NameEquals("perspective") ? Kind.Perspective
        : member.NameEquals("preview") ? Kind.Preview
        : member.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase) ? Kind.Authorization
        : null;

    private enum Kind
    {
        Token,
        Authorization,
        Perspective,
        Preview,
    }
}
