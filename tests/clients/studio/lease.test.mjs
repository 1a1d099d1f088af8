import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Offline, Refused, SignedOut, connect } from '../../../src/Cms.Studio/Assets/editor/api.js';
import { inputOf, refusalsOf } from '../../../src/Cms.Studio/Assets/editor/fields.js';
import { Lease, inWords } from '../../../src/Cms.Studio/Assets/editor/lease.js';
import { ago, instantOf, localOf } from '../../../src/Cms.Studio/Assets/editor/time.js';

const person = (name, more = {}) => ({ name, since: '2026-04-01T10:00:00Z', isMe: false, isHolder: false, ...more });

function world() {
  const w = { calls: [], timers: [], present: [person('Erin', { isMe: true, isHolder: true })], fault: null, changes: [] };
  w.clock = { after: (ms, run) => { const timer = { ms, run }; w.timers.push(timer); return timer; }, cancel: (timer) => { w.timers = w.timers.filter((one) => one !== timer); } };
  w.lease = new Lease({
    article: 'art_1', tab: 'tab-1', clock: w.clock,
    ask: async (name, { input }) => {
      w.calls.push([name, input]);
      if (w.fault) throw w.fault;
      return { [name.replace('Editor', '').replace(/^./, (letter) => letter.toLowerCase())]: { lease: { isMine: true, present: w.present } } };
    },
    onChange: (present, isMine) => w.changes.push([present.length, isMine]),
  });
  w.tick = async () => { const [timer] = w.timers.splice(0, 1); timer.run(); for (let i = 0; i < 10; i++) await Promise.resolve(); return timer.ms; };
  return w;
}

test('a tab says that it is open, renews in time, and says when it closes', async () => {
  const w = world(); await w.lease.open();
  assert.deepEqual(w.calls, [['EditorAcquireLease', { article: 'art_1', tab: 'tab-1' }]]);
  assert.ok((await w.tick()) < 60_000); assert.equal(w.calls[1][0], 'EditorRenewLease'); assert.equal(w.timers.length, 1);
  await w.lease.close(); assert.equal(w.calls[2][0], 'EditorReleaseLease'); assert.equal(w.timers.length, 0);
});

test('a tab that cannot reach the server tries again', async () => {
  const w = world(); w.fault = new Offline(90_000); await w.lease.open();
  assert.equal(await w.tick(), 90_000); w.fault = null; assert.ok((await w.tick()) >= 25_000); assert.equal(w.changes.length, 1);
});

test('the tab in which somebody writes takes the lease from their other tab, and renews from then on, once', async () => {
  const w = world(); await w.lease.open([person('Erin', { isMe: true, isHolder: true })]); assert.deepEqual(w.calls.map(([name]) => name), ['EditorTakeOverLease']); assert.equal(w.timers.length, 1);
  await w.tick(); assert.equal(w.calls[1][0], 'EditorRenewLease'); assert.equal(w.timers.length, 1);
});

test('a lease of somebody else stays with them', async () => {
  const w = world(); await w.lease.open([person('Erin', { isMe: true }), person('Ada', { isHolder: true })]); assert.deepEqual(w.calls.map(([name]) => name), ['EditorAcquireLease']);
});

test('others are named in words, each once', () => {
  assert.equal(inWords([person('Erin', { isMe: true })]), '');
  assert.equal(inWords([person('Erin', { isMe: true }), person('Ada'), person('Ada')]), 'Ada has it open');
  assert.equal(inWords([person('Ada', { isHolder: true })]), 'Ada is writing here too');
  assert.equal(inWords([person('Ada'), person('Arlo')]), 'Ada and Arlo have it open');
  assert.equal(inWords([person('Ada', { isHolder: true }), person('Arlo')]), 'Ada is writing here too, and Arlo has it open');
});

const answer = (status, body, headers = {}) => async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

test('answers of the API become data, or a reason that the editor understands', async () => {
  const run = (send) => connect({ EditorSave: 'abc' }, send)('EditorSave', { input: 1 });
  let sent;
  assert.deepEqual(await run(async (url, init) => { sent = [url, init]; return new Response('{"data":{"a":1}}'); }), { a: 1 });
  assert.equal(sent[0], '/graphql'); assert.equal(sent[1].headers['GraphQL-Preflight'], '1'); assert.equal(sent[1].credentials, 'same-origin');
  assert.deepEqual(JSON.parse(sent[1].body), { documentId: 'abc', variables: { input: 1 } });
  await assert.rejects(run(answer(401, {})), SignedOut);
  await assert.rejects(run(answer(200, { errors: [{ message: 'x', extensions: { code: 'AUTH_NOT_AUTHENTICATED' } }] })), SignedOut);
  await assert.rejects(run(answer(503, '', { 'Retry-After': '30' })), (fault) => fault instanceof Offline && fault.wait === 30_000);
  await assert.rejects(run(answer(429, '')), Offline);
  await assert.rejects(run(answer(200, '<html>Please log in to the hotel</html>')), Offline);
  await assert.rejects(run(async () => { throw new TypeError('Failed to fetch'); }), Offline);
  await assert.rejects(run(answer(200, { errors: [{ message: 'Busy.', extensions: { code: 'DATABASE_BUSY' } }] })), Offline);
  await assert.rejects(run(answer(200, { errors: [{ message: 'Ask for less.', extensions: { code: 'COST_EXCEEDED' } }] })), (fault) => fault instanceof Refused && fault.message === 'Ask for less.');
  await assert.rejects(run(answer(400, { errors: [{ message: 'x', extensions: { code: 'UNKNOWN_DOCUMENT' } }] })), /Reload this page; your text is kept/);
});

test('a save sends changed fields, and clears those that are empty', () => {
  assert.deepEqual(inputOf('art_1', { id: 'm', version: 3, fields: { headline: '', summary: '', tags: [], category: '', heroImage: null, seo: { title: '', noIndex: false }, body: { type: 'doc' } } }), {
    id: 'art_1', expectedVersion: 3, autosave: true, clientMutationId: 'm', headline: '', summary: null, tags: [], category: null, heroImage: null, seo: { title: null, noIndex: false }, body: { json: { type: 'doc' } },
  });
});

test('a refusal names the field of the draft', () => {
  assert.deepEqual(refusalsOf([{ message: 'a', path: ['input', 'sourceUrl'] }, { message: 'b', path: [], __typename: 'BodyInvalidError' }, { message: 'c', path: [] }]).map(({ path }) => path), [['sourceUrl'], ['body'], []]);
});

test('local times are read like the server reads them', () => {
  const at = (local, zone) => { const found = instantOf(local, zone); return [found.instant.toISOString(), found.note]; };
  assert.deepEqual(at('2026-04-23T09:00', 'Europe/Lisbon'), ['2026-04-23T08:00:00.000Z', 'once']);
  assert.deepEqual(at('2026-03-29T02:30', 'Europe/Berlin'), ['2026-03-29T01:30:00.000Z', 'skipped']);
  assert.deepEqual(at('2026-10-25T02:30', 'Europe/Berlin'), ['2026-10-25T00:30:00.000Z', 'twice']);
  assert.deepEqual(at('2026-11-01T01:30', 'America/New_York'), ['2026-11-01T05:30:00.000Z', 'twice']);
  assert.equal(instantOf('soon', 'UTC'), null);
  assert.equal(localOf(new Date('2026-07-01T12:00:00Z'), 'America/New_York'), '2026-07-01T08:00');
});

test('an age is never in the future', () => {
  const now = 10 * 24 * 3_600_000;
  assert.equal(ago(now + 3_600_000, now), 'less than a minute ago');
  assert.equal(ago(now - 120_000, now), '2 minutes ago');
  assert.equal(ago(now - 5 * 3_600_000, now), '5 hours ago');
  assert.equal(ago(now - 3 * 24 * 3_600_000, now), '3 days ago');
});
