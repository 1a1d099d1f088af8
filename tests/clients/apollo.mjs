// Pages through all articles as Apollo's documentation describes: node apollo.mjs <url>.
// Prints the number of pages and the cached slugs.
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

const [, , uri] = process.argv;
const client = new ApolloClient({
  link: new HttpLink({ uri }),
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { articles: relayStylePagination(['where', 'order']) } } },
  }),
});
const query = gql`
  query Articles($first: Int, $after: String) {
    articles(first: $first, after: $after) {
      edges { cursor node { id slug } }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
  }
`;

const variables = { first: 10 };
const list = client.watchQuery({ query, variables });
const watching = list.subscribe({});
let { data } = await client.query({ query, variables });
let pages = 1;
while (data.articles.pageInfo.hasNextPage) {
  await list.fetchMore({ variables: { after: data.articles.pageInfo.endCursor } });
  data = client.readQuery({ query, variables });
  pages++;
}
watching.unsubscribe();
client.stop();
console.log(JSON.stringify({ pages, slugs: data.articles.edges.map((edge) => edge.node.slug) }));
