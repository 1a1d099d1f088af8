// Verifies a webhook with the package of Standard Webhooks.
// Usage: node webhooks.mjs SECRET ID TIMESTAMP SIGNATURE BODY
import { Webhook } from "standardwebhooks";

const [secret, id, timestamp, signature, body] = process.argv.slice(2);
try {
  new Webhook(secret).verify(body, {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature,
  });
  console.log("valid");
} catch (fault) {
  console.log(fault.name === "WebhookVerificationError" ? "invalid" : fault.message);
}
