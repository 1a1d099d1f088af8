import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft, keptFor } from '../../../src/Cms.Studio/Assets/editor/draft.js';
import { randomFrom } from './random-body.mjs';

const p = (id, text) => ({ type: 'paragraph', attrs: { id }, content: [{ type: 'text', text }] });
const doc = (...content) => ({ type: 'doc', attrs: { schemaVersion: 1 }, content });

// A server, a device and a clock, without a browser. The server treats versions and ids of mutations like the real one.
function world({ fields = { headline: 'A', summary: 's', body: doc(p('a', 'one'), p('b', 'two')), tags: ['x'] } } = {}) {
  const w = { now: 1_000_000, timers: [], version: 1, fields: structuredClone(fields), by: 'Ada', answers: [], sends: [], reads: 0, kept: new Map(), storage: 'works', ids: 0, known: new Map(), reading: null };
  const clock = {
    after: (ms, run) => {
      const timer = { at: w.now + ms, run };
      w.timers.push(timer);
      return timer;
    },
    cancel: (timer) => { w.timers = w.timers.filter((one) => one !== timer); },
    now: () => w.now + (w.skew ?? 0),
  };
  w.clock = clock;
  const check = () => { if (w.storage !== 'works') throw new Error(w.storage); };
  w.store = {
    get: async (key) => { if (w.storage === 'hangs') return new Promise(() => {}); check(); return structuredClone(w.kept.get(key)); },
    put: async (kept) => { if (w.storage === 'hangs') return new Promise(() => {}); check(); w.kept.set(kept.key, structuredClone(kept)); },
    delete: async (key) => { if (w.storage === 'hangs') return new Promise(() => {}); check(); w.kept.delete(key); },
  };
  const apply = (save) => {
    if (w.known.has(save.id)) return { kind: 'saved', version: w.version };
    if (save.version !== w.version) return { kind: 'conflict' };
    w.version++;
    Object.assign(w.fields, structuredClone(save.fields));
    w.known.set(save.id, true);
    return { kind: 'saved', version: w.version };
  };
  w.somebody = (change) => { w.version++; Object.assign(w.fields, change); };
  w.standing = () => ({ version: w.version, fields: structuredClone(w.fields), by: w.by, at: '2026-04-01T10:00:00Z' });
  w.open = (standing = w.standing()) => new Draft({
    key: 'me art_1', standing, store: w.store, clock, newId: () => `id${++w.ids}`,
    isLocal: (field) => field.startsWith('take:'),
    async send(save) {
      w.sends.push(structuredClone(save));
      if (w.hold) await w.hold;
      const answer = w.judge?.(save) ?? (w.answers.length > 0 ? w.answers.shift() : w.answer);
      if (answer === 'lost') { apply(save); return { kind: 'offline' }; }
      return answer ?? apply(save);
    },
    async read() { w.reads++; return w.reading ?? w.standing(); },
  });
  w.settle = async () => { for (let i = 0; i < 60; i++) await Promise.resolve(); };
  w.pass = async (ms) => {
    const end = w.now + ms;
    for (;;) {
      await w.settle();
      const due = w.timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      w.timers = w.timers.filter((one) => one !== due);
      w.now = Math.max(w.now, due.at);
      due.run();
    }
    w.now = end;
    await w.settle();
  };
  w.crash = () => { w.timers = []; };
  w.mine = () => w.kept.get('me art_1')?.mine;
  return w;
}
const offline = { kind: 'offline' };

test('a key is on the device at once, and on the server after a pause', async () => {
  const w = world(); const draft = w.open();
  draft.set('headline', 'B'); await w.pass(1);
  assert.deepEqual(w.mine(), { headline: 'B' }); assert.equal(w.sends.length, 0); assert.equal(draft.state, 'editing');
  await w.pass(2_000);
  assert.equal(draft.state, 'saved'); assert.equal(w.fields.headline, 'B'); assert.equal(w.kept.size, 0);
});

test('only changed fields are sent', async () => {
  const w = world(); const draft = w.open(); draft.set('headline', 'B'); await w.pass(2_000);
  assert.deepEqual(w.sends, [{ id: 'id1', version: 1, fields: { headline: 'B' } }]);
  draft.set('tags', ['y']); await w.pass(2_000);
  assert.deepEqual(w.sends[1], { id: 'id2', version: 2, fields: { tags: ['y'] } });
});

test('somebody who never pauses is saved after eight seconds', async () => {
  const w = world(); const draft = w.open();
  for (let i = 0; i < 17; i++) { draft.set('summary', `text ${i}`); await w.pass(500); }
  assert.equal(w.sends.length, 1);
  for (let i = 0; i < 17; i++) { draft.set('summary', `more ${i}`); await w.pass(500); }
  assert.equal(w.sends.length, 2);
});

test('there is one save at a time, and what is typed meanwhile goes with the next', async () => {
  const w = world(); const draft = w.open(); let go; w.hold = new Promise((resolve) => (go = resolve));
  draft.set('summary', 'two'); await w.pass(1_500); assert.equal(draft.state, 'saving');
  draft.set('summary', 'three'); await w.pass(9_000); assert.equal(w.sends.length, 1);
  w.hold = null; go(); await w.pass(3_000);
  assert.equal(w.sends.length, 2); assert.equal(w.sends[1].version, 2); assert.equal(w.fields.summary, 'three'); assert.equal(draft.state, 'saved');
});

test('a change that was taken back sends nothing', async () => {
  const w = world(); const draft = w.open(); draft.set('headline', 'B'); draft.set('headline', 'A'); await w.pass(3_000);
  assert.equal(w.sends.length, 0); assert.equal(draft.state, 'saved'); assert.equal(w.kept.size, 0);
});

test('while offline, everything is kept, and the pauses between attempts grow', async () => {
  const w = world(); const draft = w.open(); w.answer = offline;
  draft.set('summary', 'two'); await w.pass(1_250); assert.equal(draft.state, 'offline');
  await w.pass(8_000); const tried = w.sends.length; assert.ok(tried >= 3 && tried <= 5, String(tried));
  draft.set('summary', 'three'); await w.pass(1); assert.equal(w.mine().summary, 'three');
  await w.pass(300_000); assert.ok(w.sends.length - tried < 15, String(w.sends.length));
  w.answer = null; await w.pass(31_000); assert.equal(w.fields.summary, 'three'); assert.equal(draft.state, 'saved');
});

test('the server can say how long to wait', async () => {
  const w = world(); const draft = w.open(); w.answers = [{ kind: 'offline', wait: 20_000 }];
  draft.set('summary', 'two'); await w.pass(19_000); assert.equal(w.sends.length, 1); await w.pass(3_000); assert.equal(draft.state, 'saved');
});

test('when the network is back, the save does not wait', async () => {
  const w = world(); const draft = w.open(); w.answer = offline; draft.set('summary', 'two'); await w.pass(60_000);
  w.answer = null; draft.resume(); await w.pass(10); assert.equal(draft.state, 'saved');
});

test('a save whose answer was lost is repeated as it was, and is no conflict', async () => {
  const w = world(); const draft = w.open(); w.answers = ['lost'];
  draft.set('summary', 'two'); await w.pass(1_300); assert.equal(w.fields.summary, 'two'); assert.equal(draft.state, 'offline');
  draft.set('summary', 'two and more'); await w.pass(5_000);
  assert.equal(w.sends[1].id, w.sends[0].id); assert.deepEqual(w.sends[1].fields, w.sends[0].fields);
  assert.equal(draft.state, 'saved'); assert.equal(w.fields.summary, 'two and more'); assert.equal(draft.clashes.length, 0); assert.equal(w.version, 3);
});

test('the same after a crash of the tab', async () => {
  const w = world(); const first = w.open(); w.answers = ['lost'];
  first.set('summary', 'two'); await w.pass(1_300); first.set('summary', 'two and more'); await w.pass(1); w.crash();
  const again = w.open(); const found = await again.recover();
  assert.deepEqual(found.fields, ['summary']); assert.equal(again.get('summary'), 'two and more');
  await w.pass(5_000); assert.equal(w.fields.summary, 'two and more'); assert.equal(again.state, 'saved'); assert.equal(w.version, 3);
});

test('the same a week later, when the server has forgotten the id of the save', async () => {
  const w = world(); const first = w.open(); w.answers = ['lost'];
  first.set('summary', 'two'); await w.pass(1_300); first.set('summary', 'two and more'); await w.pass(1); w.crash();
  w.known.clear(); await w.pass(7 * 24 * 3_600_000);
  const again = w.open(); await again.recover(); await w.pass(5_000);
  assert.equal(again.state, 'saved'); assert.equal(w.fields.summary, 'two and more'); assert.equal(again.clashes.length, 0);
});

test('somebody else who saved after the lost answer is merged', async () => {
  const w = world(); const draft = w.open(); w.answers = ['lost'];
  draft.set('summary', 'mine'); await w.pass(1_300); w.somebody({ headline: 'Theirs' }); await w.pass(5_000);
  assert.equal(draft.state, 'saved'); assert.equal(draft.get('headline'), 'Theirs'); assert.equal(w.fields.summary, 'mine');
  assert.deepEqual(draft.merged, { by: 'Ada', at: '2026-04-01T10:00:00Z', fields: ['headline'] });
});

test('fields that only others changed come in, and nobody is asked', async () => {
  const w = world(); const draft = w.open(); const told = []; draft.on((change) => change.field && told.push(change));
  w.somebody({ headline: 'Hers' }); draft.set('summary', 'mine'); await w.pass(4_000);
  assert.equal(draft.state, 'saved'); assert.equal(w.fields.headline, 'Hers'); assert.equal(w.fields.summary, 'mine');
  assert.deepEqual(told, [{ field: 'headline', value: 'Hers' }]);
});

test('a version that changed no field, such as a review, is no conflict', async () => {
  const w = world(); const draft = w.open(); w.somebody({}); draft.set('summary', 'mine'); await w.pass(4_000);
  assert.equal(draft.state, 'saved'); assert.equal(draft.merged, null); assert.equal(w.fields.summary, 'mine');
});

test('different blocks of the body are merged', async () => {
  const w = world(); const draft = w.open(); w.somebody({ body: doc(p('a', 'one'), p('b', 'HERS')) });
  draft.set('body', () => doc(p('a', 'MINE'), p('b', 'two'))); await w.pass(4_000);
  assert.deepEqual(w.fields.body, doc(p('a', 'MINE'), p('b', 'HERS'))); assert.equal(draft.state, 'saved');
});

for (const side of ['mine', 'theirs', 'edited']) {
  test(`the same block changed twice is decided by the writer: ${side}`, async () => {
    const w = world(); const draft = w.open(); w.somebody({ body: doc(p('a', 'HERS'), p('b', 'two')) });
    draft.set('body', doc(p('a', 'MINE'), p('b', 'two'))); draft.set('headline', 'B'); await w.pass(4_000);
    assert.equal(draft.state, 'conflict'); assert.equal(draft.clashes.length, 1);
    const sent = w.sends.length; await w.pass(60_000); assert.equal(w.sends.length, sent, 'nothing is sent before the decision');
    assert.deepEqual(w.mine().body, doc(p('a', 'MINE'), p('b', 'two')));
    draft.resolve(draft.clashes[0], side === 'edited' ? { side, value: p('a', 'BOTH') } : { side }); await w.pass(4_000);
    assert.equal(draft.state, 'saved'); assert.equal(w.fields.headline, 'B');
    assert.deepEqual(w.fields.body, doc(p('a', { mine: 'MINE', theirs: 'HERS', edited: 'BOTH' }[side]), p('b', 'two')));
  });
}

test('what is typed during a conflict is kept, and belongs to my side', async () => {
  const w = world(); const draft = w.open(); w.somebody({ summary: 'hers' }); draft.set('summary', 'mine'); await w.pass(4_000);
  draft.set('summary', 'mine and more'); await w.pass(10); assert.equal(w.mine().summary, 'mine and more');
  draft.resolve(draft.clashes[0], { side: 'mine' }); await w.pass(4_000); assert.equal(w.fields.summary, 'mine and more');
});

test('a conflict survives a crash', async () => {
  const w = world(); const draft = w.open(); w.somebody({ summary: 'hers' }); draft.set('summary', 'mine'); await w.pass(4_000); w.crash();
  const again = w.open(); await again.recover(); await w.pass(3_000);
  assert.equal(again.state, 'conflict'); assert.equal(again.get('summary'), 'mine'); assert.equal(w.fields.summary, 'hers');
  again.resolve(again.clashes[0], { side: 'theirs' }); await w.pass(3_000); assert.equal(again.get('summary'), 'hers'); assert.equal(again.state, 'saved');
});

test('after the end of the session everything is kept, and goes on after the sign-in', async () => {
  const w = world(); const draft = w.open(); w.answer = { kind: 'signedOut' }; draft.set('summary', 'two'); await w.pass(4_000);
  assert.equal(draft.state, 'signedOut'); draft.set('summary', 'three'); await w.pass(60_000);
  assert.equal(w.sends.length, 1); assert.equal(w.mine().summary, 'three');
  w.answer = null; draft.resume(); await w.pass(5_000); assert.equal(w.fields.summary, 'three'); assert.equal(draft.state, 'saved');
});

test('a session that ends while a conflict is read keeps everything too', async () => {
  const w = world(); const draft = w.open(); w.somebody({ summary: 'hers' }); w.reading = 'signedOut'; draft.set('headline', 'B'); await w.pass(4_000);
  assert.equal(draft.state, 'signedOut'); w.reading = null; draft.resume(); await w.pass(5_000);
  assert.equal(draft.state, 'saved'); assert.equal(w.fields.headline, 'B'); assert.equal(draft.get('summary'), 'hers');
});

test('a refused field does not hold up the others, and is sent again when it has changed', async () => {
  const w = world(); const draft = w.open(); w.answers = [{ kind: 'refused', errors: [{ message: 'Enter a full URL.', path: ['sourceUrl'] }] }];
  draft.set('sourceUrl', 'nope'); draft.set('summary', 'two'); await w.pass(10_000);
  assert.equal(w.fields.summary, 'two'); assert.equal(draft.state, 'refused'); assert.equal(draft.refused.get('sourceUrl').message, 'Enter a full URL.');
  assert.deepEqual(w.mine(), { sourceUrl: 'nope' });
  draft.set('summary', 'three'); await w.pass(3_000); assert.equal(w.fields.summary, 'three'); assert.equal(draft.state, 'refused');
  draft.set('sourceUrl', 'https://example.org'); await w.pass(3_000);
  assert.equal(draft.state, 'saved'); assert.equal(w.fields.sourceUrl, 'https://example.org'); assert.equal(draft.refused.size, 0);
});

test('a refused field that is put back as it was is no longer refused', async () => {
  const w = world(); const draft = w.open(); w.answers = [{ kind: 'refused', errors: [{ message: 'A headline.', path: ['headline'] }] }];
  draft.set('headline', ''); await w.pass(4_000); assert.equal(draft.state, 'refused');
  draft.set('headline', 'A'); await w.pass(4_000); assert.equal(draft.state, 'saved'); assert.equal(draft.refused.size, 0); assert.equal(w.kept.size, 0);
});

test('a refusal that names no field refuses all of them, once', async () => {
  const w = world(); const draft = w.open(); w.answers = [{ kind: 'refused', errors: [{ message: 'No such article.', path: [] }] }];
  draft.set('summary', 'two'); await w.pass(60_000); assert.equal(w.sends.length, 1); assert.equal(draft.state, 'refused'); assert.equal(w.mine().summary, 'two');
});

test('a request that is refused as a whole is divided, so that one field does not hold up the others', async () => {
  const w = world(); const draft = w.open(); w.judge = ({ fields }) => (fields.body ? { kind: 'refused', errors: [{ message: 'Too large.', path: [] }] } : null);
  draft.set('body', doc(p('a', 'long'))); draft.set('headline', 'B'); draft.set('summary', 'two'); await w.pass(10_000);
  assert.equal(w.fields.headline, 'B'); assert.equal(w.fields.summary, 'two'); assert.deepEqual([...draft.refused.keys()], ['body']); assert.equal(draft.state, 'refused');
  draft.set('headline', 'C'); draft.set('summary', 'three'); await w.pass(3_000); assert.equal(w.fields.headline, 'C'); assert.equal(w.fields.summary, 'three');
  w.judge = null; draft.retry(); await w.pass(3_000); assert.equal(draft.state, 'saved'); assert.deepEqual(w.fields.body, doc(p('a', 'long')));
});

test('a person who may not save is asked once, and all fields are sent again together', async () => {
  const w = world(); const draft = w.open(); w.judge = () => ({ kind: 'refused', errors: [{ message: 'Blocked.', path: [] }], isPerson: true });
  draft.set('headline', 'B'); draft.set('summary', 'two'); await w.pass(60_000); assert.equal(w.sends.length, 1); assert.equal(draft.state, 'refused');
  assert.deepEqual([...draft.refused].map(([field, { what }]) => [field, what]), [['headline', 'person'], ['summary', 'person']]); assert.deepEqual(w.mine(), { headline: 'B', summary: 'two' });
  w.judge = null; draft.retry(); await w.pass(3_000); assert.equal(draft.state, 'saved'); assert.equal(w.sends.length, 2); assert.equal(w.fields.summary, 'two');
});

test('text of a closed tab is offered back with its age', async () => {
  const w = world(); const draft = w.open(); w.answer = offline; draft.set('summary', 'two'); await w.pass(2_000); const written = w.now; w.crash(); w.answer = null;
  await w.pass(3_600_000); const again = w.open(); const told = []; again.on((change) => change.field && told.push(change));
  const found = await again.recover();
  assert.ok(written - found.at < 5_000); assert.deepEqual(told, [{ field: 'summary', value: 'two' }]);
  await w.pass(5_000); assert.equal(again.state, 'saved'); assert.equal(w.fields.summary, 'two'); assert.equal(w.kept.size, 0);
});

test('text that was saved while the tab closed is not offered back', async () => {
  const w = world(); const draft = w.open(); w.answers = ['lost']; draft.set('headline', 'B'); await w.pass(1_300); assert.equal(w.fields.headline, 'B');
  draft.set('summary', 'two'); await w.pass(1); w.crash();
  const again = w.open(); assert.deepEqual((await again.recover()).fields, ['summary']);
  await w.pass(5_000); assert.deepEqual([w.fields.headline, w.fields.summary, w.version], ['B', 'two', 3]);
});

test('a tab that closed after everything was saved offers nothing back', async () => {
  const w = world(); const draft = w.open(); w.answers = ['lost']; draft.set('headline', 'B'); await w.pass(1_300); w.crash();
  const again = w.open(); assert.equal(await again.recover(), null); await w.pass(5_000);
  assert.equal(again.state, 'saved'); assert.equal(w.version, 2); assert.equal(w.kept.size, 0);
});

test('text of a closed tab is merged with what others saved since', async () => {
  const w = world(); const draft = w.open(); draft.set('body', doc(p('a', 'MINE'), p('b', 'two'))); await w.pass(1); w.crash();
  w.somebody({ body: doc(p('a', 'one'), p('b', 'HERS')), headline: 'Hers' });
  const again = w.open(); await again.recover(); await w.pass(5_000);
  assert.equal(again.state, 'saved'); assert.deepEqual(w.fields.body, doc(p('a', 'MINE'), p('b', 'HERS'))); assert.equal(again.get('headline'), 'Hers');
});

test('kept text that was let go is gone', async () => {
  const w = world(); const draft = w.open(); draft.set('summary', 'two'); await w.pass(1); w.crash();
  const again = w.open(); await again.recover(); again.discard(); await w.pass(5_000);
  assert.equal(w.sends.length, 0); assert.equal(w.kept.size, 0); assert.equal(again.get('summary'), 's'); assert.equal(again.state, 'saved');
});

test('kept text that was saved meanwhile can still be let go, without what was typed since', async () => {
  const w = world(); const draft = w.open(); draft.set('body', doc(p('a', 'one and kept'), p('b', 'two'))); draft.set('summary', 'kept'); await w.pass(1); w.crash();
  const again = w.open(); await again.recover(); await w.pass(5_000); assert.equal(w.fields.summary, 'kept'); assert.equal(again.state, 'saved');
  again.set('body', doc(p('a', 'one and kept'), p('b', 'two'), p('c', 'new'))); await w.pass(5_000);
  again.discard(); await w.pass(5_000);
  assert.equal(again.state, 'saved'); assert.equal(w.fields.summary, 's'); assert.deepEqual(w.fields.body, doc(p('a', 'one'), p('b', 'two'), p('c', 'new'))); assert.equal(w.kept.size, 0);
});

test('nothing is offered if nothing was lost', async () => {
  const w = world(); assert.equal(await w.open().recover(), null);
});

test('text is kept for 30 days, and no longer', async () => {
  const w = world(); const draft = w.open(); draft.set('summary', 'two'); await w.pass(1); w.crash();
  w.now += keptFor - 1_000; assert.ok(await w.open().recover()); w.crash();
  w.now += 5_000; assert.equal(await w.open().recover(), null); await w.pass(1); assert.equal(w.kept.size, 0);
});

for (const skew of [3_600_000, -3_600_000]) {
  test(`a clock that jumps by ${skew / 3_600_000} hours neither delays a save nor loses text`, async () => {
    const w = world(); const draft = w.open();
    for (let i = 0; i < 4; i++) { draft.set('summary', `text ${i}`); await w.pass(500); }
    w.skew = skew;
    for (let i = 4; i < 17; i++) { draft.set('summary', `text ${i}`); await w.pass(500); }
    assert.equal(w.sends.length, 1); await w.pass(2_000); assert.equal(draft.state, 'saved'); assert.equal(w.fields.summary, 'text 16');
    w.answer = offline; draft.set('summary', 'kept'); await w.pass(2_000); w.crash(); w.skew = 0;
    const again = w.open(); assert.ok(await again.recover()); assert.equal(again.get('summary'), 'kept');
  });
}

test('a full storage is said, and the text is still saved', async () => {
  const w = world(); const draft = w.open(); w.storage = 'QuotaExceededError'; draft.set('summary', 'two'); await w.pass(1);
  assert.equal(draft.isKept, false); await w.pass(3_000); assert.equal(draft.state, 'saved'); assert.equal(w.fields.summary, 'two');
  w.storage = 'works'; draft.set('summary', 'three'); await w.pass(1); assert.equal(draft.isKept, true);
});

test('a storage that never answers does not hold up a save', async () => {
  const w = world(); const draft = w.open(); w.storage = 'hangs'; draft.set('summary', 'two'); await w.pass(5_000); assert.equal(w.fields.summary, 'two');
});

test('a storage that never answers does not hold up the page, and the page says so', async () => {
  const w = world(); w.storage = 'hangs'; const draft = w.open(); let found; void draft.recover().then((answer) => (found = answer));
  await w.pass(10_000); assert.equal(found, null); assert.equal(draft.isKept, false);
  draft.set('summary', 'two'); draft.set('take:1', 'Not kept.'); await w.pass(10_000); assert.equal(w.fields.summary, 'two'); assert.equal(draft.isKept, false);
  let isDone = false; void draft.yield().then(() => (isDone = true)); await w.pass(10_000); assert.ok(isDone, 'another tab can take over');
});

test('a text that the device could not give back in time is not replaced, and comes back with the next page', async () => {
  const w = world(); const first = w.open(); w.answer = offline; first.set('summary', 'before'); await w.pass(2_000); w.crash();
  w.storage = 'hangs'; const draft = w.open(); void draft.recover(); await w.pass(10_000); w.storage = 'works';
  draft.set('headline', 'B'); await w.pass(10_000); assert.equal(draft.isKept, false); assert.deepEqual(w.mine(), { summary: 'before' });
  w.answer = null; await w.pass(60_000); assert.equal(w.fields.headline, 'B'); w.crash();
  const again = w.open(); assert.deepEqual((await again.recover()).fields, ['summary']); await w.pass(5_000); assert.deepEqual([w.fields.headline, w.fields.summary], ['B', 'before']);
});

test('a storage that answers late is used from then on, if it has no older text', async () => {
  const w = world(); w.storage = 'hangs'; const draft = w.open(); void draft.recover(); await w.pass(10_000); w.storage = 'works';
  draft.set('take:1', 'Kept.'); await w.pass(1); assert.equal(draft.isKept, true); assert.deepEqual(w.mine(), { 'take:1': 'Kept.' });
});

test('a browser without storage can be used', async () => {
  const w = world(); w.storage = 'SecurityError'; const draft = w.open(); assert.equal(await draft.recover(), null); assert.equal(draft.isKept, false);
});

test('local fields are kept and never sent', async () => {
  const w = world(); const draft = w.open(); draft.set('take:1', { text: 'No.' }); await w.pass(20_000);
  assert.equal(w.sends.length, 0); assert.deepEqual(w.mine(), { 'take:1': { text: 'No.' } }); assert.equal(draft.isUnsaved, true);
  draft.settle('take:1', { text: 'No.' }); await w.pass(1); assert.equal(w.kept.size, 0); assert.equal(draft.isUnsaved, false);
});

test('a local field that changed while it was sent stays', async () => {
  const w = world(); const draft = w.open(); draft.set('take:1', { text: 'No.' }); draft.set('take:1', { text: 'No!' }); draft.settle('take:1', { text: 'No.' }); await w.pass(1);
  assert.deepEqual(w.mine(), { 'take:1': { text: 'No!' } });
});

test('a tab that only watches writes nothing', async () => {
  const w = world(); const first = w.open(); first.set('summary', 'two'); await w.pass(1);
  const second = w.open(); second.watch(); second.set('summary', 'x'); await w.pass(500); assert.equal(w.mine().summary, 'two'); assert.equal(second.state, 'elsewhere');
});

test('a tab that hands over has kept everything and sends nothing afterwards', async () => {
  const w = world(); const first = w.open(); first.set('summary', 'two'); await first.yield();
  assert.equal(w.mine().summary, 'two'); await w.pass(60_000); assert.equal(w.sends.length, 0);
  const second = w.open(); await second.recover(); await w.pass(3_000); assert.equal(w.fields.summary, 'two'); assert.equal(w.kept.size, 0);
});

test('a tab that has handed over stays so when the network is back', async () => {
  const w = world(); const first = w.open(); first.set('summary', 'two'); await first.yield();
  const second = w.open(); await second.recover(); second.set('summary', 'two and more'); first.resume(); await w.pass(1);
  assert.equal(first.state, 'elsewhere'); assert.equal(w.mine().summary, 'two and more');
  await w.pass(60_000); assert.equal(first.state, 'elsewhere'); assert.equal(w.fields.summary, 'two and more'); assert.equal(w.sends.length, 1);
});

test('a tab that hands over during a save waits for the answer', async () => {
  const w = world(); const first = w.open(); let go; w.hold = new Promise((resolve) => (go = resolve));
  first.set('summary', 'two'); await w.pass(1_500); first.set('summary', 'three'); const yielded = first.yield(); await w.pass(10);
  w.hold = null; go(); await w.settle(); await yielded;
  const second = w.open(); await second.recover(); await w.pass(5_000); assert.equal(w.fields.summary, 'three'); assert.equal(second.clashes.length, 0);
});

test('publishing waits until everything is saved, and no save comes in between', async () => {
  const w = world(); const draft = w.open(); draft.set('summary', 'two'); let go;
  const published = draft.act(async (version) => { assert.equal(version, 2); await new Promise((resolve) => (go = resolve)); w.version++; return { version: w.version, result: 'published' }; });
  await w.pass(10); draft.set('summary', 'three'); await w.pass(10_000); assert.equal(w.sends.length, 1);
  go(); await w.settle(); assert.equal(await published, 'published'); await w.pass(3_000);
  assert.deepEqual(w.sends[1], { id: 'id2', version: 3, fields: { summary: 'three' } }); assert.equal(draft.state, 'saved');
});

test('nothing is published if the text cannot be saved', async () => {
  const w = world(); const draft = w.open(); w.answer = offline; draft.set('summary', 'two'); let ran = false;
  const result = draft.act(async () => { ran = true; return { result: 1 }; }); await w.pass(5_000);
  assert.equal(await result, null); assert.equal(ran, false);
});

test('a restored revision replaces the fields', async () => {
  const w = world(); const draft = w.open(); const told = []; draft.on((change) => change.field && told.push(change.field));
  draft.adopt({ version: 5, fields: { headline: 'Old', summary: 'Old' } }); assert.equal(draft.get('headline'), 'Old'); assert.deepEqual(told, ['headline', 'summary']); assert.equal(draft.state, 'saved');
});

test('what others saved comes in without a save of one\'s own', async () => {
  const w = world(); const draft = w.open(); w.somebody({ headline: 'Hers' }); await draft.refresh();
  assert.equal(draft.get('headline'), 'Hers'); assert.equal(draft.state, 'saved'); assert.equal(w.sends.length, 0);
});

test('flush says that a change that was taken back is saved', async () => {
  const w = world(); const draft = w.open(); draft.set('headline', 'B'); draft.set('headline', 'A'); assert.equal(await draft.flush(), true);
});

test('through any weather, no word is lost', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = randomFrom(seed); const w = world(); let draft = w.open(); const written = [];
    for (let step = 0; step < 25; step++) {
      const turn = random.below(8);
      if (turn < 4) { const word = `w${step}`; written.push(word); draft.set('summary', `${draft.get('summary')} ${word}`); }
      else if (turn === 4) w.answers.push(random.of(['lost', offline]));
      else if (turn === 5) { await w.pass(1); w.crash(); draft = w.open(); await draft.recover(); }
      else if (turn === 6) w.somebody({ headline: `H${step}` });
      else if (random.chance(0.3)) w.known.clear();
      await w.pass(random.of([0, 1, 300, 1_300, 5_000]));
    }
    w.answers = []; await w.pass(120_000); await draft.refresh();
    assert.equal(draft.state, 'saved', `seed ${seed}`);
    assert.equal(w.fields.summary, ['s', ...written].join(' '), `seed ${seed}`);
    assert.equal(draft.get('headline'), w.fields.headline, `seed ${seed}`);
    assert.equal(w.kept.size, 0, `seed ${seed}`);
  }
});
