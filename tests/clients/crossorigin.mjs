// Uses the API from a page of another origin in a real browser:
// node crossorigin.mjs <address of the server> <origin of the page> <token> <path of Chromium> [picture to upload].
// Prints one JSON object with the result of each step.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [, , address, origin, token, executablePath, picture] = process.argv;
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
await page.goto(origin);
const found = await page.evaluate(
  async ({ address, token, picture }) => {
    const found = {};
    const graphql = new URL('graphql', address).href;
    const bearer = { Authorization: `Bearer ${token}` };
    const step = async (name, work) => {
      try {
        found[name] = await work();
      } catch (error) {
        found[name] = error.name;
      }
    };
    const post = (query, headers = {}) =>
      fetch(graphql, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify({ query }) });
    const get = (headers = {}) =>
      fetch(`${graphql}?query=${encodeURIComponent('{ articles(first: 2) { nodes { slug heroImage { url } } } }')}`, { headers, cache: 'no-store' });

    let tag, hero;
    await step('query', async () => {
      await get();
      const answer = await get();
      const body = await answer.json();
      tag = answer.headers.get('ETag');
      hero = body.data.articles.nodes.find((node) => node.heroImage).heroImage.url;
      return `${Object.keys(body)} hit=${answer.headers.get('Cache-Status') === 'Cms; hit'} tag=${tag !== null}`;
    });
    await step('cost', async () => {
      const answer = await post('{ __typename }', { 'GraphQL-Cost': 'report' });
      return 'cost' in (await answer.json()).extensions && answer.headers.get('Cache-Status') !== null;
    });
    await step('unchanged', async () => (await get({ 'If-None-Match': tag })).status);
    await step('mutation', async () => {
      const answer = await post('mutation { createArticle(input: { headline: "A front end wrote this", summary: "From another origin.", body: { markdown: "It **did**." } }) { article { headline } } }', bearer);
      return (await answer.json()).data.createArticle.article.headline;
    });
    await step('refusal', async () => {
      const answer = await post('{ __typename }', { Authorization: 'Bearer a.b.c' });
      return `${answer.status} ${(await answer.json()).errors[0].extensions.code}`;
    });
    await step('events', async () => {
      const answer = await post('{ articles(first: 1) { nodes { slug } } }', { Accept: 'text/event-stream' });
      return [...(await answer.text()).matchAll(/^event: (.+)$/gm)].map((match) => match[1]);
    });
    await step('socket', () =>
      new Promise((resolve) => {
        const socket = new WebSocket(graphql.replace('http', 'ws'), 'graphql-transport-ws');
        const types = [];
        socket.onopen = () => socket.send('{"type":"connection_init"}');
        socket.onclose = () => resolve('closed');
        socket.onmessage = ({ data }) => {
          const { type } = JSON.parse(data);
          types.push(type);
          if (type === 'connection_ack') {
            socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } }));
          } else if (type !== 'next') {
            resolve(types);
            socket.close();
          }
        };
      }),
    );
    if (picture) {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
      let upload;
      await step('put', async () => {
        const answer = await post('mutation { createMediaUpload(input: { fileName: "page.jpg" }) { upload { uploadId uploadUrl method } } }', bearer);
        ({ upload } = (await answer.json()).data.createMediaUpload);
        return (await fetch(new URL(upload.uploadUrl, address), { method: upload.method, body: bytes })).status;
      });
      await step('committed', async () => {
        const answer = await post(`mutation { commitMediaUpload(input: { uploadId: "${upload.uploadId}" }) { media { format } } }`, bearer);
        return (await answer.json()).data.commitMediaUpload.media.format;
      });
      await step('post', async () => {
        const form = new FormData();
        form.append('file', new File([bytes], 'page.jpg', { type: 'image/jpeg' }));
        return (await fetch(new URL('media', address), { method: 'POST', headers: bearer, body: form })).status;
      });
    }
    const image = new URL(hero ?? 'i/med_1/1', address).href;
    await step('image', async () => {
      const answer = await fetch(image);
      return `${answer.status} ${answer.headers.get('Content-Type')}`;
    });
    await step('drawn', async () => {
      const shown = new Image();
      shown.crossOrigin = 'anonymous';
      shown.src = image;
      await shown.decode();
      const canvas = document.createElement('canvas');
      canvas.getContext('2d').drawImage(shown, 0, 0);
      return canvas.toDataURL().startsWith('data:image/png');
    });
    await step('cookies', async () => (await fetch(graphql, { credentials: 'include', method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"query":"{ __typename }"}' })).status);
    return found;
  },
  { address, token, picture: picture && readFileSync(picture).toString('base64') },
);
console.log(JSON.stringify(found));
await browser.close();
