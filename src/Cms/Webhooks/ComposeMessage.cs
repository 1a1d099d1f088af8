using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cms.Foundation;
using Cms.GraphQL;

namespace Cms.Webhooks;

/// <summary>A signed message.</summary>
/// <param name="Url">Where to send it.</param>
/// <param name="Id">The value of <c>webhook-id</c>.</param>
/// <param name="Timestamp">The value of <c>webhook-timestamp</c>.</param>
/// <param name="Signature">The value of <c>webhook-signature</c>.</param>
/// <param name="Body">The body, as JSON in UTF-8.</param>
public sealed record WebhookMessage(Uri Url, string Id, string Timestamp, string Signature, ReadOnlyMemory<byte> Body);

/// <summary>What to do with a delivery: send a message, try again later, or forget it.</summary>
/// <param name="Message">The message; null if there is nothing to send now.</param>
/// <param name="Error">Why no message can be made until an admin changes something; null otherwise.</param>
/// <param name="Wait">How long to wait; null if there is nothing to wait for.</param>
public sealed record Composed(WebhookMessage? Message, string? Error = null, TimeSpan? Wait = null);

/// <summary>Makes the message of a delivery, as it is right now.</summary>
public sealed class ComposeMessage(AskAsReceiver ask, ReadPartnerEvent partnerEvent, Vault vault, TimeProvider clock)
{
    private const string Unreadable =
        "The secret cannot be decrypted, because the server’s keys were lost. Rotate the secret.";

    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // A partner that is suspended, and a database that does not respond, are asked again after this time.
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(30);

    public async Task<Composed> Handle(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        try
        {
            return await ComposeAsync(claimed, cancellationToken);
        }
        catch (RequestError refused)
        {
            return new Composed(null, Wait: refused.Code is ErrorCodes.NotAuthorized ? Refused : Busy);
        }
        catch (CryptographicException)
        {
            return new Composed(null, Unreadable);
        }
    }

    private async Task<Composed> ComposeAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        var (delivery, webhook) = claimed;
        var viewer = WebhookViewer.Of(webhook.PartnerId);
        var type =
            webhook.PartnerId is not null && delivery.Seq is not null
                ? await partnerEvent.Handle(claimed, viewer, cancellationToken)
                : delivery.Type;
        if (type is null)
        {
            return new Composed(null);
        }

        var body = new ArrayBufferWriter<byte>(1024);
        if (webhook.Document is null || delivery.Seq is null || type == WebhookEvents.Withdraw)
        {
            WriteBody(body, type, claimed, answer: null);
        }
        else
        {
            using var answer = await ask.Handle(webhook.Document, delivery, viewer, isSent: true, cancellationToken);
            if (answer.RootElement.TryGetProperty("data", out _))
            {
                WriteBody(body, type, claimed, answer.RootElement);
            }
            else
            {
                var error = answer.RootElement.GetProperty("errors")[0].GetProperty("message").GetString();
                return new Composed(null, $"The document cannot be executed any more. {error}");
            }
        }

        return new Composed(Signed(claimed, body.WrittenSpan.ToArray()));
    }

    private WebhookMessage Signed(ClaimedDelivery claimed, byte[] body)
    {
        var now = clock.Now();
        var id = claimed.Delivery.Id.ToString();
        return new WebhookMessage(
            new Uri(claimed.Webhook.Url),
            id,
            now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            WebhookSecret.Sign(claimed.Webhook.SealedSecrets(now).Select(vault.Open), id, now, body),
            body
        );
    }

    private static void WriteBody(IBufferWriter<byte> output, string type, ClaimedDelivery claimed, JsonElement? answer)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString(
            "timestamp",
            claimed.Delivery.OccurredAt.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)
        );
        if (answer is { } found)
        {
            WriteChange(writer, "change", type, claimed);
            foreach (var name in (string[])["data", "errors", "extensions"])
            {
                if (found.TryGetProperty(name, out var part))
                {
                    writer.WritePropertyName(name);
                    part.WriteTo(writer);
                }
            }
        }
        else
        {
            WriteChange(writer, "data", type, claimed);
        }

        writer.WriteEndObject();
    }

    // A partner that has to remove an article gets only its id. The numbers of changes would tell partners how much happens
    // outside their agreements.
    private static void WriteChange(Utf8JsonWriter writer, string name, string type, ClaimedDelivery claimed)
    {
        writer.WriteStartObject(name);
        if (claimed.Delivery is { Kind: { } kind, SubjectId: { } subject, Seq: { } seq })
        {
            writer.WriteString("id", WebhookEvents.IdOf(kind, subject));
            if (type != WebhookEvents.Withdraw)
            {
                writer.WriteString("kind", type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..]);
            }

            if (claimed.Webhook.PartnerId is null)
            {
                writer.WriteNumber("seq", seq);
            }
        }

        writer.WriteEndObject();
    }
}
