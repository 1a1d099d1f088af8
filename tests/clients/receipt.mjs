// Verifies a receipt (JWS, RFC 7515) with the keys that the server publishes (RFC 7517), and prints what it says.
// Usage: node receipt.mjs KEYS-URL JWS
import { calculateJwkThumbprint, compactVerify, createRemoteJWKSet, errors } from "jose";

const [url, jws] = process.argv.slice(2);
try {
  const { payload, protectedHeader } = await compactVerify(jws, createRemoteJWKSet(new URL(url)), {
    algorithms: ["ES256"],
  });
  const { keys } = await (await fetch(url)).json();
  const key = keys.find((key) => key.kid === protectedHeader.kid);
  console.log(protectedHeader.kid === (await calculateJwkThumbprint(key)) ? "valid" : "other thumbprint");
  console.log(JSON.stringify(JSON.parse(new TextDecoder().decode(payload))));
} catch (fault) {
  console.log(fault instanceof errors.JWSSignatureVerificationFailed ? "invalid" : String(fault));
}
