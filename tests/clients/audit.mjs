// Runs the GraphQL-over-HTTP audits against a server: node audit.mjs <url>. Prints one JSON array of results.
import { serverAudits } from 'graphql-http';

const [, , url] = process.argv;
const results = [];
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  results.push({ id: result.id, name: result.name, status: result.status, reason: result.reason });
}

console.log(JSON.stringify(results));
