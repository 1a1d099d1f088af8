// Pages through all articles as urql's documentation describes: node urql.mjs <url>.
// Prints the number of pages and the cached slugs.
import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

const [, , url] = process.argv;
const client = new Client({
  url,
  preferGetMethod: false,
  exchanges: [cacheExchange({ resolvers: { Query: { articles: relayPagination() } } }), fetchExchange],
});
const query = gql`
  query Articles($first: Int, $after: String) {
    articles(first: $first, after: $after) {
      edges { cursor node { id slug } }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
  }
`;

let after = null;
let pages = 0;
let articles;
do {
  const { data, error } = await client.query(query, { first: 10, after }).toPromise();
  if (error) throw error;
  articles = data.articles;
  after = articles.pageInfo.endCursor;
  pages++;
} while (articles.pageInfo.hasNextPage);
console.log(JSON.stringify({ pages, slugs: articles.edges.map((edge) => edge.node.slug) }));
