// Runs an operation over server-sent events. Prints each answer on one line and stops after a number of answers:
// node sse.mjs <url> <JSON request> <number of answers>.
import { createClient } from 'graphql-sse';

const [, , url, request, most] = process.argv;
const client = createClient({ url, retryAttempts: 0 });
let left = Number(most);
try {
  for await (const answer of client.iterate(JSON.parse(request))) {
    console.log(JSON.stringify(answer));
    if (--left === 0) break;
  }
  console.log('"complete"');
} catch (error) {
  console.log(JSON.stringify({ failed: error.message }));
}

client.dispose();
