// A front end without a GraphQL client. It uses generated documents and types, and sends requests with fetch.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { ArticlePageDocument, HomePageDocument, type HomePageQuery } from './generated/graphql.js';

type Answer<T> = { data?: T | null; errors?: { message: string; extensions: { code: string } }[] };

async function ask<T, V>(document: TypedDocumentNode<T, V>, variables: V): Promise<T> {
  const response = await fetch('http://localhost:5080/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as Answer<T>;
  if (!data) throw new Error(errors?.map((error) => error.message).join(' ') ?? 'No answer.');
  return data;
}

type Card = HomePageQuery['articles']['nodes'][number];

const line = (card: Card): string =>
  `${card.headline} (${card.category?.name ?? 'no category'}, ${card.readingMinutes} min): ${card.takes
    .map((take) => `${take.persona.name} is ${take.stance.toLowerCase()}`)
    .join(', ')}`;

const { articles } = await ask(HomePageDocument, { first: 5 });
for (const card of articles.nodes) console.log(line(card));

const first = articles.nodes[0];
if (first) {
  const { article } = await ask(ArticlePageDocument, { slug: first.slug });
  console.log(article?.body?.html.slice(0, 200));
}
