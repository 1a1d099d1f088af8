// Runs an operation over graphql-transport-ws. Prints each answer on one line and stops after a number of answers:
// node ws.mjs <url> <JSON request> <number of answers>.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [, , url, request, most] = process.argv;
const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
const answers = client.iterate(JSON.parse(request));
let left = Number(most);
try {
  for await (const answer of answers) {
    console.log(JSON.stringify(answer));
    if (--left === 0) break;
  }
  console.log('"complete"');
} catch (error) {
  console.log(JSON.stringify(Array.isArray(error) ? { errors: error } : { closed: error.code, reason: error.reason }));
}

await client.dispose();
