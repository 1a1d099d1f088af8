// Serves the Studio's assets and a page for one article, like the Studio does, in front of an API that is handed in.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';

/** The browser of this machine. */
export const chromiumPath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => existsSync(one));

const studio = new URL('../../../src/Cms.Studio/', import.meta.url);
const types = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.ts': 'text/plain', '.txt': 'text/plain' };

/** The documents of the editor by name, and their names by id. */
export const documents = new Map();
export const operations = {};
for (const file of readdirSync(new URL('Operations/', studio)).filter((name) => name.startsWith('Editor'))) {
  const text = readFileSync(new URL(`Operations/${file}`, studio), 'utf8');
  const name = file.replace('.graphql', '');
  operations[name] = createHash('sha256').update(text).digest('hex');
  documents.set(operations[name], { name, text });
}

const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data: blob: https:", "connect-src 'self'", "frame-src 'self'", "form-action 'self'",
  "require-trusted-types-for 'script'", 'trusted-types studio-paste',
].join('; ');

const read = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const escape = (json) => JSON.stringify(json).replace(/</g, '\\u003c');

/** What every page of the Studio loads, and the form that most of them have. */
const places = { places: [{ name: 'Articles', href: '/studio/articles' }, { name: 'Calendar', href: '/studio/calendar' }], site: null, timeZone: 'Europe/Lisbon', person: 'tenant/erin' };
const pages = `<link rel="stylesheet" href="/studio/assets/v1/look.css"><script src="/studio/assets/v1/theme.js"></script><script type="module" src="/studio/assets/v1/pages.js"></script><script type="application/json" id="studio-data">${JSON.stringify(places)}</script>`;
const plain = (title) => `<!doctype html><html lang="en"><head><title>${title}</title></head><body><p>${title}</p></body></html>`;
/** Two forms as pages of the Studio have them. */
const forms = (saved, refused) => ['Name', 'Note'].map((label) => `<form method="post" action="/studio/tags"><input type="hidden" name="_handler" value="${label}"><label>${label} <textarea name="${label}"${refused.has(label) ? ' aria-invalid="true"' : ''}>${refused.get(label) ?? saved[label]}</textarea></label><label>Key of the ${label.toLowerCase()} <input type="password" name="Key"></label><input type="hidden" name="ChangeId" value="${Math.random()}"><button>Save the ${label.toLowerCase()}</button></form>`).join('');
const signOut = '<form id="sign-out" method="post" action="/signout"><button>Sign out</button></form>';

/**
 * @param {{ graphql(name: string, variables: any): Promise<{ status?: number, body: any } | 'down'>, upload?(path: string, bytes: Buffer): void, image?(path: string): Promise<Buffer> | Buffer, settings?: object, signIn?(): void, signOut?(): void }} api
 */
export async function serve(api) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'Content-Type': type, ...headers });
      response.end(body);
    };
    try {
      const asset = /^\/studio\/assets\/[^/]+\/(.+)$/.exec(pathname);
      if (asset?.[1] === 'operations.js') {
        send(200, types['.js'], `export const operations = ${JSON.stringify(operations)};`);
      } else if (asset && !asset[1].includes('..')) {
        send(200, types[extname(asset[1])] ?? 'application/octet-stream', await readFile(new URL(`Assets/${asset[1]}`, studio)));
      } else if (pathname === '/studio/articles' && request.method === 'POST') {
        api.posted?.push(new URLSearchParams((await read(request)).toString()));
        send(200, 'text/html', plain('Made'));
      } else if (pathname === '/studio/articles') {
        send(200, 'text/html; charset=utf-8', `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Articles</title>${pages}</head><body>${signOut}</body></html>`, { 'Content-Security-Policy': policy });
      } else if (pathname === '/studio/tags') {
        if (api.isDown) return request.socket.destroy();
        const posted = request.method === 'POST' ? new URLSearchParams((await read(request)).toString()) : null;
        const saved = (api.saved ??= { Name: 'Linkers', Note: 'Linkers' });
        if (posted) {
          api.posted?.push(posted);
          if (!api.refusesForms) {
            for (const name of Object.keys(saved)) saved[name] = posted.get(name) ?? saved[name];
            api.notice = '<p class="banner" data-kind="done">Saved.</p>';
            return send(303, 'text/html', '', { Location: '/studio/tags' });
          }
        }
        send(200, 'text/html; charset=utf-8', `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tags · Studio</title>${pages}</head><body><main id="content" tabindex="-1"${posted ? ' data-answer' : ''}>${api.notice ?? ''}<a href="/studio/articles">Articles</a>${forms(saved, posted ?? new Map())}</main>${signOut}</body></html>`, { 'Content-Security-Policy': policy, 'Cache-Control': 'private, no-store' });
        api.notice = '';
      } else if (pathname.startsWith('/studio/articles/')) {
        const id = pathname.split('/').at(-1);
        const answer = await api.graphql('EditorArticle', { id });
        const data = { article: answer.body.data, viewer: answer.body.data.viewer, operations, settings: { timeZone: 'Europe/Lisbon', siteUrl: 'https://news.example', ...api.settings } };
        send(200, 'text/html; charset=utf-8', `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Edit</title>
          ${pages}<link rel="stylesheet" href="/studio/assets/v1/editor/editor.css"></head><body>${signOut}<div id="editor"><p>Reading…</p></div>
          <script type="application/json" id="editor-data">${escape(data)}</script><script type="module" src="/studio/assets/v1/editor/main.js"></script></body></html>`, { 'Content-Security-Policy': policy });
      } else if (pathname === '/graphql' && request.method === 'POST') {
        const { documentId, variables } = JSON.parse((await read(request)).toString());
        if (request.headers['graphql-preflight'] !== '1') return send(400, 'application/json', '{"errors":[{"message":"no preflight header"}]}');
        const { name } = documents.get(documentId) ?? {};
        if (request.headers.accept === 'text/event-stream') {
          if (api.isDown) return request.socket.destroy();
          response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
          response.write(':\n\n');
          api.streams?.add(response);
          response.on('close', () => api.streams?.delete(response));
          return;
        }
        const answer = name ? await api.graphql(name, variables) : { body: { errors: [{ message: 'unknown document', extensions: { code: 'UNKNOWN_DOCUMENT' } }] } };
        if (answer === 'down') return request.socket.destroy();
        send(answer.status ?? 200, 'application/json', JSON.stringify(answer.body));
      } else if (pathname.startsWith('/upload/') || (pathname.startsWith('/media') && request.method !== 'GET')) {
        await api.upload?.(request.url, await read(request), request);
        send(204, 'text/plain', '');
      } else if (pathname.startsWith('/i/')) {
        send(200, 'image/png', await api.image?.(request.url));
      } else if (pathname.startsWith('/preview/draft/')) {
        const page = api.isDown ? 'down' : await api.preview?.();
        if (page === 'down') return request.socket.destroy();
        send(page ? 200 : 404, 'text/html; charset=utf-8', page || '<!doctype html><title>Not found</title>', { 'Content-Security-Policy': page ? "frame-ancestors 'self'" : "frame-ancestors 'none'" });
      } else if (pathname === '/signin') {
        api.signIn?.();
        send(200, 'text/html', plain('Signed in'));
      } else if (pathname === '/signout') {
        api.signOut?.();
        send(200, 'text/html', plain('Signed out'));
      } else {
        send(404, 'text/plain', '');
      }
    } catch (fault) {
      console.error(fault);
      send(500, 'text/plain', String(fault));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://localhost:${server.address().port}`, close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))) };
}
