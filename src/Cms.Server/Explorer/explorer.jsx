import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { Kind, parse } from 'graphql';
import { createClient } from 'graphql-sse';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './explorer.css';

const url = new URL('../graphql', document.baseURI).href;
const ask = createGraphiQLFetcher({ url });

// Finds the operation in the text. The editor updates operationName late, so after a quick change of tabs it can still
// name the operation of the previous tab.
function operationOf({ query, operationName }) {
  try {
    const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    return operations.length === 1 ? operations[0] : operations.find(({ name }) => name?.value === operationName);
  } catch {
    return undefined;
  }
}

// Subscriptions use server-sent events; other operations are sent as a single request.
const fetcher = (request, options) => {
  const operation = operationOf(request);
  const asked = { ...request, operationName: operation ? operation.name?.value : request.operationName };
  return operation?.operation === 'subscription'
    ? createClient({ url, headers: options.headers, retryAttempts: 0 }).iterate(asked)
    : ask(asked, options);
};

// Returns variables that match content in this newsroom.
async function variables() {
  const query = '{ articles(first: 1) { nodes { slug headline tags { slug } about { slug } } } personas(first: 1) { nodes { slug } } }';
  const response = await fetch(`${url}?${new URLSearchParams({ query })}`);
  const { articles, personas } = (await response.json()).data;
  const newest = articles.nodes[0];
  const [word] = newest.headline.split(/\W+/).sort((a, b) => b.length - a.length);
  return {
    ArticlePage: { slug: newest.slug },
    PersonaPage: { slug: personas.nodes[0]?.slug },
    Route: { path: `/articles/${newest.slug}` },
    SearchPage: { query: word },
    TagPage: { slug: newest.tags[0]?.slug },
    ToolPage: { slug: newest.about[0]?.slug },
  };
}

// Returns the front page first, then the others in the server's order.
async function samples(operations) {
  const known = await variables().catch(() => ({}));
  return operations
    .sort((a, b) => (b.name === 'HomePage') - (a.name === 'HomePage'))
    .map(({ name, body }) => ({
      query: body,
      variables: known[name] ? JSON.stringify(known[name], null, 2) : '',
    }));
}

// Returns the person whom this site's cookie signs in; null if nobody is signed in.
async function viewer() {
  const query = '{ viewer { name subject roles } }';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data.viewer;
}

// The browser stores the queries, so signing in or out does not lose them.
function Session({ person }) {
  const back = new URLSearchParams({ returnUrl: location.pathname });
  return person ? (
    <form className="session" method="post" action={`../signout?${back}`}>
      <span title={`${person.subject} ${person.roles.join(', ')}`}>{person.name ?? person.subject}</span>
      <button type="submit">Sign out</button>
    </form>
  ) : (
    <a className="session" href={`../signin?${back}`}>
      Sign in
    </a>
  );
}

const response = await fetch(new URL('start.json', document.baseURI));
const { operations, signsIn } = response.ok ? await response.json() : { operations: [], signsIn: false };
const [tabs, person] = await Promise.all([samples(operations).catch(() => []), viewer().catch(() => null)]);
createRoot(document.getElementById('explorer')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  >
    <GraphiQL.Logo>
      <a href="..">Cms</a>
      {signsIn && <Session person={person} />}
    </GraphiQL.Logo>
  </GraphiQL>,
);
