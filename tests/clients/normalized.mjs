// Executes documents with Apollo Client and with urql, and then reads the answers from their normalized caches:
// node normalized.mjs <url> <token> <documents as JSON>.
// Prints for each client the cached answers that differ from the server's.
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { isDeepStrictEqual } from 'node:util';

const [, , url, token, list] = process.argv;
const documents = JSON.parse(list);
const headers = { authorization: `Bearer ${token}` };

async function fromWire(query) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors?.length) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return data;
}

// Removes the type names that the clients add to each query.
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '__typename')
      .map(([name, inner]) => [name, plain(inner)]),
  );
}

function apollo() {
  const client = new ApolloClient({
    link: new HttpLink({ uri: url, headers }),
    // There is only one desk, so its fields from different queries are merged.
    cache: new InMemoryCache({ typePolicies: { Desk: { merge: true } } }),
  });
  return {
    read: async (query) => void (await client.query({ query: gql(query) })),
    cached: async (query) => client.readQuery({ query: gql(query) }),
  };
}

function urql() {
  const client = new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { headers },
    exchanges: [cacheExchange({ logger: () => {} }), fetchExchange],
  });
  return {
    read: async (query) => {
      const { error } = await client.query(query, {}).toPromise();
      if (error) throw error;
    },
    cached: async (query) => (await client.query(query, {}, { requestPolicy: 'cache-only' }).toPromise()).data,
  };
}

const wire = [];
for (const query of documents) wire.push(plain(await fromWire(query)));

for (const [name, make] of Object.entries({ apollo, urql })) {
  const client = make();
  const wrong = [];
  for (const query of documents) await client.read(query);
  for (const [i, query] of documents.entries()) {
    const cached = plain(await client.cached(query));
    if (!isDeepStrictEqual(cached, wire[i])) wrong.push({ query, wire: wire[i], cached });
  }
  console.log(JSON.stringify({ client: name, wrong }));
}
