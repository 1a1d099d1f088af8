import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Upload } from '../../../src/Cms.Studio/Assets/editor/upload.js';

const place = (headers = []) => ({ createMediaUpload: { upload: { uploadId: 'upl_1', uploadUrl: '/upload?sig=1', method: 'PUT', headers }, errors: [] } });
const added = { commitMediaUpload: { media: { id: 'med_1' }, errors: [] } };
const busy = { commitMediaUpload: { media: null, errors: [{ __typename: 'ImagesBusyError', message: 'Wait a minute.', path: [] }] } };

// Stands in for the browser’s network, the store and the API. The test gives the answers of the store and the API. `back` ends an outage of the network.
function world({ store = [], api = [], bytes = 10 } = {}) {
  const w = { sent: [], asked: [], waits: [], online: new Set() };
  globalThis.XMLHttpRequest = class {
    upload = {};
    responseText = '';
    open(_, url) { this.url = url; }
    setRequestHeader() {}
    abort() { this.onabort(); this.onloadend(); }
    send(body) {
      w.sent.push([this.url, body.size]);
      const answer = store.shift() ?? 201;
      if (answer === 'hangs') return;
      queueMicrotask(() => {
        if (answer === 'cut') this.onerror();
        else { this.status = answer; this.onload(); }
        this.onloadend();
      });
    }
  };
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: false }, configurable: true });
  globalThis.addEventListener = (_, listener) => w.online.add(listener);
  globalThis.removeEventListener = (_, listener) => w.online.delete(listener);
  w.back = () => [...w.online].forEach((listener) => listener());
  w.settle = async () => { for (let i = 0; i < 40; i++) await Promise.resolve(); };
  const ask = async (name, { input }) => {
    w.asked.push([name, input]);
    return api.shift() ?? (name === 'EditorOpenUpload' ? place() : added);
  };
  w.upload = new Upload(ask, new File([new Uint8Array(bytes)], 'storm.png'), () => {});
  w.finished = w.upload.finish((waits) => w.waits.push(waits));
  w.finished.catch(() => {});
  return w;
}

test('an upload that is cut off goes on when the network is back', async () => {
  const w = world({ store: ['cut'] }); await w.settle(); assert.deepEqual(w.waits, [true]);
  w.back(); assert.deepEqual(await w.finished, { id: 'med_1' });
  assert.deepEqual(w.waits, [true, false]); assert.deepEqual(w.asked.map(([name]) => name), ['EditorOpenUpload', 'EditorCommitUpload']); assert.equal(w.online.size, 0);
});

test('an upload that is cancelled while it waits sends nothing more', async () => {
  const w = world({ store: ['cut'] }); await w.settle();
  w.upload.cancel(); await assert.rejects(w.finished, { name: 'AbortError' });
  w.back(); await w.settle(); assert.equal(w.sent.length, 1); assert.equal(w.asked.length, 1);
});

test('an upload that is cancelled while it is sent is not added', async () => {
  const w = world({ store: ['hangs'] }); await w.settle();
  w.upload.cancel(); await assert.rejects(w.finished, { name: 'AbortError' }); assert.equal(w.asked.length, 1);
});

test('a store that takes blocks gets only the missing ones', async () => {
  const w = world({ store: [201, 'cut'], api: [place([{ name: 'x-ms-blob-type', value: 'BlockBlob' }])], bytes: 9_000_000 }); await w.settle(); w.back(); await w.finished;
  assert.deepEqual(w.sent.map(([url]) => decodeURIComponent(/blockid=(.*)/.exec(url)?.[1] ?? 'list')), [0, 1, 1, 2].map((block) => btoa(String(block).padStart(6, '0'))).concat('list'));
});

test('an address that has expired is replaced, and the whole file is sent', async () => {
  const w = world({ store: [403] }); await w.finished;
  assert.equal(w.sent.length, 2); assert.deepEqual(w.asked.map(([name]) => name), ['EditorOpenUpload', 'EditorOpenUpload', 'EditorCommitUpload']);
});

test('a library that is busy is asked again, and the file is sent once', async () => {
  const w = world({ api: [place(), busy] }); await w.settle(); w.back(); await w.finished;
  assert.equal(w.sent.length, 1); assert.deepEqual(w.asked.slice(1).map(([, input]) => input.clientMutationId), ['upl_1', 'upl_1']);
});

test('a refusal says why, and is not repeated', async () => {
  const w = world({ api: [{ createMediaUpload: { upload: null, errors: [{ __typename: 'MediaTooLargeError', message: 'An image must not exceed 25 MB.', path: ['bytes'] }] } }] });
  await assert.rejects(w.finished, { message: 'An image must not exceed 25 MB.' }); assert.equal(w.sent.length, 0);
});
