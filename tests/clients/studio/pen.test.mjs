import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdPen } from '../../../src/Cms.Studio/Assets/editor/pen.js';

// Web Locks and a channel between tabs, as browsers have them.
function browser() {
  const b = { holder: null, queue: [], tabs: [], timers: [] };
  const grant = (request) => {
    const held = { reject: null };
    b.holder = held;
    const stolen = new Promise((_, reject) => (held.reject = reject));
    const released = Promise.resolve(request.run({ name: 'lock' })).then(() => {
      if (b.holder === held) { b.holder = null; const next = b.queue.shift(); if (next) grant(next); }
    });
    Promise.race([released, stolen]).then(request.resolve, request.reject);
  };
  b.locks = {
    request: (_, options, run) => new Promise((resolve, reject) => {
      const request = { run, resolve, reject };
      if (options.steal) { const old = b.holder; grant(request); old?.reject(new Error('AbortError')); }
      else if (!b.holder) grant(request);
      else if (options.ifAvailable) resolve(run(null));
      else {
        b.queue.push(request);
        options.signal?.addEventListener('abort', () => { b.queue = b.queue.filter((one) => one !== request); reject(new Error('AbortError')); });
      }
    }),
  };
  b.tab = ({ isFrozen = false } = {}) => {
    const tab = { log: [], isFrozen };
    const channel = { onmessage: null, postMessage: (data) => b.tabs.filter((one) => one !== tab && !one.isFrozen).forEach((one) => one.channel.onmessage?.({ data })), close() {} };
    tab.channel = channel; b.tabs.push(tab);
    tab.pen = holdPen({
      key: 'k', locks: b.locks, channel, clock: { after: (ms, run) => { const timer = { run }; b.timers.push(timer); return timer; }, cancel: (timer) => { b.timers = b.timers.filter((one) => one !== timer); } },
      onHeld: () => tab.log.push('held'), onElsewhere: () => tab.log.push('elsewhere'), onAsked: async () => { tab.log.push('kept'); },
    });
    return tab;
  };
  b.settle = async () => { for (let i = 0; i < 30; i++) await Promise.resolve(); };
  return b;
}

test('the first tab writes, the second watches', async () => {
  const b = browser(); const [first, second] = [b.tab(), b.tab()]; await b.settle();
  assert.deepEqual([first.log, second.log], [['held'], ['elsewhere']]);
});

test('a tab that takes over gets the pen after the other has kept its text', async () => {
  const b = browser(); const [first, second] = [b.tab(), b.tab()]; await b.settle();
  second.pen.takeOver(); second.pen.takeOver(); await b.settle();
  assert.deepEqual(first.log, ['held', 'kept']); assert.deepEqual(second.log, ['elsewhere', 'held']); assert.equal(b.timers.length, 0);
});

test('and back again', async () => {
  const b = browser(); const [first, second] = [b.tab(), b.tab()]; await b.settle();
  second.pen.takeOver(); await b.settle(); first.pen.takeOver(); await b.settle();
  assert.deepEqual(first.log, ['held', 'kept', 'held']); assert.deepEqual(second.log, ['elsewhere', 'held', 'kept']);
});

test('a frozen tab loses the pen after three seconds, and hears of it', async () => {
  const b = browser(); const first = b.tab({ isFrozen: true }); const second = b.tab(); await b.settle();
  second.pen.takeOver(); await b.settle(); assert.deepEqual(second.log, ['elsewhere']);
  b.timers.shift().run(); await b.settle();
  assert.deepEqual(second.log, ['elsewhere', 'held']); assert.deepEqual(first.log, ['held', 'elsewhere']);
});

test('a closed tab leaves the pen to the next', async () => {
  const b = browser(); const first = b.tab(); await b.settle(); first.pen.close(); await b.settle();
  const second = b.tab(); await b.settle(); assert.deepEqual(second.log, ['held']);
});
