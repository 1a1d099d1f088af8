// Reads feeds with independent programs: node feeds.mjs <URL without format>… A URL may have a query. Prints a JSON object
// for each feed, with what every program found in it, in one form.
import { Readable } from 'node:stream';
import Ajv from 'ajv';
import FeedParser from 'feedparser';
import schema from 'jsonfeed-schema/schema-v1.1.json' with { type: 'json' };
import RssParser from 'rss-parser';

const isJsonFeed = new Ajv({ strict: false, validateFormats: false }).compile(schema);
const iso = (date) => new Date(date).toISOString();

/** Reads RSS or Atom with rss-parser. */
async function withRssParser(text) {
  const feed = await new RssParser().parseString(text);
  return {
    title: feed.title,
    page: feed.link,
    items: feed.items.map((item) => ({
      id: item.guid ?? item.id,
      title: item.title,
      url: item.link,
      publishedAt: iso(item.isoDate ?? item.pubDate),
      html: item['content:encoded'] ?? item.content,
    })),
  };
}

/** Reads RSS or Atom with feedparser, which reports what it has to guess. */
async function withFeedparser(text, url) {
  const parser = Readable.from([text]).pipe(new FeedParser({ feedurl: url }));
  const items = [];
  for await (const item of parser) {
    items.push({
      id: item.guid,
      title: item.title,
      url: item.link,
      publishedAt: iso(item.pubdate),
      updatedAt: iso(item.date),
      author: item.author,
      html: item.description,
    });
  }

  return { title: parser.meta.title, page: parser.meta.link, items };
}

function withSchema(text) {
  const feed = JSON.parse(text);
  if (!isJsonFeed(feed)) throw new Error(JSON.stringify(isJsonFeed.errors));
  return {
    title: feed.title,
    page: feed.home_page_url,
    items: feed.items.map((item) => ({
      id: item.id,
      title: item.title,
      url: item.url,
      publishedAt: iso(item.date_published),
      updatedAt: iso(item.date_modified),
      author: item.authors?.[0].name,
      html: item.content_html,
    })),
  };
}

for (const url of process.argv.slice(2)) {
  const [path, query] = url.split('?');
  const urlOf = (format) => `${path}.${format}${query ? `?${query}` : ''}`;
  const read = async (format) => (await fetch(urlOf(format))).text();
  const [rss, atom, json] = await Promise.all(['rss', 'atom', 'json'].map(read));
  console.log(
    JSON.stringify({
      'rss-parser, RSS': await withRssParser(rss),
      'rss-parser, Atom': await withRssParser(atom),
      'feedparser, RSS': await withFeedparser(rss, urlOf('rss')),
      'feedparser, Atom': await withFeedparser(atom, urlOf('atom')),
      'JSON Feed': withSchema(json),
    }),
  );
}
