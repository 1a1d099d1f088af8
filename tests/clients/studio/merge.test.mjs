import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getSchema } from '../../../src/Cms.Studio/Assets/vendor/vendor.js';
import { fromJson, walk } from '../../../src/Cms.Studio/Assets/editor/body-json.js';
import { differences, mergeBodies, mergeField, replaceBlock } from '../../../src/Cms.Studio/Assets/editor/merge.js';
import { nodes } from '../../../src/Cms.Studio/Assets/editor/nodes.js';
import { randomBody, randomFrom } from './random-body.mjs';

const schema = getSchema(nodes);
const p = (id, text) => ({ type: 'paragraph', attrs: { id }, content: [{ type: 'text', text }] });
const doc = (...content) => ({ type: 'doc', attrs: { schemaVersion: 1 }, ...(content.length > 0 ? { content } : {}) });
const item = (id, ...content) => ({ type: 'listItem', attrs: { id }, content });
const list = (id, ...content) => ({ type: 'bulletList', attrs: { id }, content });
const base = doc(p('a', 'one'), p('b', 'two'), p('c', 'three'));

test('changes to different blocks are merged', () => {
  const merged = mergeBodies(base, doc(p('a', 'ONE'), p('b', 'two'), p('c', 'three')), doc(p('a', 'one'), p('b', 'two'), p('c', 'THREE')));
  assert.deepEqual(merged, { value: doc(p('a', 'ONE'), p('b', 'two'), p('c', 'THREE')), clashes: [] });
});

test('blocks that both people added stay where they were added', () => {
  const merged = mergeBodies(base, doc(p('a', 'one'), p('m', 'mine'), p('b', 'two'), p('c', 'three')), doc(p('t', 'theirs'), p('a', 'one'), p('b', 'two'), p('c', 'three')));
  assert.deepEqual(merged, { value: doc(p('t', 'theirs'), p('a', 'one'), p('m', 'mine'), p('b', 'two'), p('c', 'three')), clashes: [] });
});

test('a block that one person deleted and nobody changed is gone', () => {
  assert.deepEqual(mergeBodies(base, doc(p('a', 'one'), p('c', 'three')), doc(p('a', 'one'), p('b', 'two'), p('c', 'THREE'))).value, doc(p('a', 'one'), p('c', 'THREE')));
});

test('a block that one person deleted and the other changed is a clash, with either side', () => {
  const changed = doc(p('a', 'one'), p('b', 'TWO'), p('c', 'three'));
  const deleted = doc(p('a', 'one'), p('c', 'three'));
  const mineDeleted = mergeBodies(base, deleted, changed);
  assert.deepEqual(mineDeleted.clashes, [{ field: 'body', block: 'b', after: 'a', base: p('b', 'two'), mine: null, theirs: p('b', 'TWO') }]);
  assert.deepEqual(mineDeleted.value, deleted);
  assert.deepEqual(replaceBlock(mineDeleted.value, mineDeleted.clashes[0], p('b', 'TWO')), changed);
  const theirsDeleted = mergeBodies(base, changed, deleted);
  assert.deepEqual(theirsDeleted.value, changed);
  assert.deepEqual(replaceBlock(theirsDeleted.value, theirsDeleted.clashes[0], null), deleted);
});

test('the same block changed twice is one clash, and the rest is merged', () => {
  const { value, clashes } = mergeBodies(base, doc(p('a', 'mine'), p('b', 'two'), p('c', 'three')), doc(p('a', 'theirs'), p('b', 'TWO'), p('c', 'three')));
  assert.deepEqual(value, doc(p('a', 'mine'), p('b', 'TWO'), p('c', 'three')));
  assert.deepEqual(clashes, [{ field: 'body', block: 'a', after: null, base: p('a', 'one'), mine: p('a', 'mine'), theirs: p('a', 'theirs') }]);
  assert.deepEqual(replaceBlock(value, clashes[0], p('a', 'theirs')), doc(p('a', 'theirs'), p('b', 'TWO'), p('c', 'three')));
});

test('blocks that one person moved keep the other person\'s words', () => {
  const merged = mergeBodies(base, doc(p('c', 'three'), p('a', 'one'), p('b', 'two')), doc(p('a', 'ONE'), p('b', 'two'), p('c', 'three')));
  assert.deepEqual(merged, { value: doc(p('c', 'three'), p('a', 'ONE'), p('b', 'two')), clashes: [] });
});

test('items of one list are merged one by one', () => {
  const before = doc(list('l', item('i', p('1', 'a')), item('j', p('2', 'b'))));
  const mine = doc(list('l', item('i', p('1', 'A')), item('j', p('2', 'b')), item('k', p('3', 'c'))));
  const theirs = doc(list('l', item('i', p('1', 'a')), item('j', p('2', 'B'))));
  assert.deepEqual(mergeBodies(before, mine, theirs), { value: doc(list('l', item('i', p('1', 'A')), item('j', p('2', 'B')), item('k', p('3', 'c')))), clashes: [] });
});

test('two people who delete different items leave no empty list', () => {
  const before = doc(list('l', item('i', p('1', 'a')), item('j', p('2', 'b'))));
  const { value, clashes } = mergeBodies(before, doc(list('l', item('i', p('1', 'a')))), doc(list('l', item('j', p('2', 'b')))));
  assert.equal(clashes.length, 1);
  fromJson(schema, value).check();
});

test('lists of tags take the additions and removals of both', () => {
  assert.deepEqual(mergeField('tags', ['a', 'b'], ['b', 'm'], ['a', 'b', 't']), { value: ['b', 'm', 't'], clashes: [] });
});

test('the parts of one field are merged if they differ, but never texts about two images', () => {
  const seo = { title: 'a', description: 'b' };
  assert.deepEqual(mergeField('seo', seo, { ...seo, title: 'A' }, { ...seo, description: 'B' }).value, { title: 'A', description: 'B' });
  assert.equal(mergeField('seo', seo, { ...seo, title: 'A' }, { ...seo, title: 'Z' }).clashes.length, 1);
  const model = { model: 'Quill', version: '4' };
  assert.equal(mergeField('draftedWith', model, { ...model, version: '5' }, { ...model, model: 'Umbra' }).clashes.length, 1);
  const hero = { media: 'med_1', alt: 'a', caption: '' };
  assert.equal(mergeField('heroImage', hero, { ...hero, alt: 'A' }, { ...hero, media: 'med_2' }).clashes.length, 1);
  assert.deepEqual(mergeField('heroImage', hero, { ...hero, alt: 'A' }, { ...hero, caption: 'c' }).value, { media: 'med_1', alt: 'A', caption: 'c' });
});

// Deletes, changes and adds blocks at random, at the top level.
function change(body, seed, mark) {
  const random = randomFrom(seed);
  const content = (body.content ?? []).flatMap((block, i) => {
    const turn = random.below(6);
    if (turn === 0) return [];
    if (turn === 1) return [p(block.attrs?.id ?? `x${i}`, `${mark}${i}`)];
    if (turn === 2) return [block, p(`${mark}${seed}-${i}`, `${mark} new ${i}`)];
    return [block];
  });
  return { ...body, content: content.length > 0 ? content : [p(`${mark}${seed}`, mark)] };
}
const texts = (body) => {
  const found = new Set();
  walk(body, (node) => node.type === 'text' && found.add(node.text));
  return found;
};

test('whatever two people do, the result is a valid body and no word of either is lost', () => {
  for (let seed = 1; seed <= 800; seed++) {
    const before = randomBody(seed);
    const [mine, theirs] = [change(before, seed * 2, 'mine'), change(before, seed * 2 + 1, 'theirs')];
    const { value, clashes } = mergeBodies(before, mine, theirs);
    fromJson(schema, value).check();
    const all = texts({ type: 'doc', content: [value, ...clashes.flatMap(({ mine: a, theirs: b }) => [a, b].filter(Boolean))] });
    for (const text of [...texts(mine), ...texts(theirs)].filter((text) => /^(mine|theirs)/.test(text))) assert.ok(all.has(text), `seed ${seed} lost ${text}`);
    for (const clash of clashes) {
      const chosen = replaceBlock(value, clash, clash.theirs);
      fromJson(schema, chosen).check();
      if (clash.theirs) assert.ok(JSON.stringify(chosen).includes(JSON.stringify(clash.theirs)), `seed ${seed}`);
    }
  }
});

test('a merge with oneself, and with somebody who changed nothing, changes nothing', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const before = randomBody(seed);
    const mine = change(before, seed, 'mine');
    assert.deepEqual(mergeBodies(before, mine, before), { value: mine, clashes: [] });
    assert.deepEqual(mergeBodies(before, before, mine), { value: mine, clashes: [] });
    assert.deepEqual(mergeBodies(before, mine, mine), { value: mine, clashes: [] });
  }
});

test('differences of texts are words', () => {
  assert.deepEqual(differences('the old text', 'the new text'), [
    { change: 'kept', text: 'the ' }, { change: 'removed', text: 'old' }, { change: 'added', text: 'new' }, { change: 'kept', text: ' text' },
  ]);
  assert.deepEqual(differences('', 'new'), [{ change: 'added', text: 'new' }]);
  assert.deepEqual(differences('same', 'same'), [{ change: 'kept', text: 'same' }]);
});
