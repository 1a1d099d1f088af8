import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { getSchema } from '../../../src/Cms.Studio/Assets/vendor/vendor.js';
import { addressOf, isAddress, isEmbedAddress } from '../../../src/Cms.Studio/Assets/editor/addresses.js';
import { fromJson, length, plainText, toJson } from '../../../src/Cms.Studio/Assets/editor/body-json.js';
import { nodes } from '../../../src/Cms.Studio/Assets/editor/nodes.js';
import { disturb, randomBody } from './random-body.mjs';

const schema = getSchema(nodes);
const roundTrip = (json) => toJson(fromJson(schema, json));
const doc = (...content) => ({ type: 'doc', attrs: { schemaVersion: 1 }, content });
const paragraph = (id, text) => ({ type: 'paragraph', attrs: { id }, content: [{ type: 'text', text }] });

test('a thousand random bodies come back byte for byte', () => {
  const kinds = new Set();
  for (let seed = 1; seed <= 1_000; seed++) {
    const body = randomBody(seed);
    JSON.stringify(body, (key, value) => (key === 'type' && kinds.add(value), value));
    assert.equal(JSON.stringify(roundTrip(body)), JSON.stringify(body), `seed ${seed}`);
  }
  for (const kind of ['heading', 'bulletList', 'orderedList', 'listItem', 'blockquote', 'callout', 'codeBlock', 'horizontalRule', 'image', 'embed', 'externalEmbed', 'table', 'tableRow', 'tableHeader', 'tableCell', 'hardBreak', 'link', 'bold', 'italic', 'strike', 'code', 'timeline', 'highlight', 'footnoteReference']) {
    assert.ok(kinds.has(kind), `no body had ${kind}`);
  }
});

test('bodies that were written in another form come back in the form of the server', () => {
  for (let seed = 1; seed <= 1_000; seed++) {
    const body = randomBody(seed);
    assert.equal(JSON.stringify(roundTrip(disturb(body, seed + 1))), JSON.stringify(body), `seed ${seed}`);
  }
});

test('the sample articles come back byte for byte', async () => {
  const bodies = JSON.parse(await readFile(new URL('sample-bodies.json', import.meta.url), 'utf8'));
  assert.ok(bodies.length >= 6);
  for (const { slug, words, minutes, body } of bodies) {
    assert.equal(JSON.stringify(roundTrip(body)), JSON.stringify(body), slug);
    assert.deepEqual(length(body), { words, minutes }, slug);
  }
});

test('a body without content stays without content', () => {
  const empty = { type: 'doc', attrs: { schemaVersion: 1 } };
  assert.deepEqual(roundTrip(empty), empty);
  assert.deepEqual(roundTrip(null), empty);
});

test('an empty paragraph that has an id stays', () => {
  const body = doc({ type: 'paragraph', attrs: { id: 'a' } });
  assert.deepEqual(roundTrip(body), body);
});

test('every random body is valid for the schema', () => {
  for (let seed = 1; seed <= 300; seed++) fromJson(schema, randomBody(seed)).check();
});

test('characters that the server refuses never leave the editor', () => {
  const typed = fromJson(schema, doc(paragraph('a', 'x')));
  const text = typed.type.schema.text('a\u0007b\tc\u2028d\uD800e');
  const code = schema.nodes.codeBlock.create({ id: 'c' }, schema.text('a\u0000\tb\r\nc'));
  const written = toJson(typed.type.create(null, [schema.nodes.paragraph.create({ id: 'p' }, text), code]));
  assert.equal(written.content[0].content[0].text, 'ab c d\uFFFDe');
  assert.equal(written.content[1].content[0].text, 'a\tb\nc');
});

test('spaces around descriptions are left out, as the server does', () => {
  const image = { type: 'image', attrs: { id: 'a', mediaId: 'med_1', alt: ' A\nstorm ', caption: '  ' } };
  const link = { type: 'paragraph', attrs: { id: 'b' }, content: [{ type: 'text', marks: [{ type: 'link', attrs: { href: 'https://example.org', title: ' ' } }], text: 'x' }] };
  const { content } = roundTrip(doc(image, link));
  assert.deepEqual(content[0].attrs, { id: 'a', mediaId: 'med_1', alt: 'A storm' });
  assert.deepEqual(content[1].content[0].marks, [{ type: 'link', attrs: { href: 'https://example.org' } }]);
});

test('words are counted like the server counts them', () => {
  const body = doc(
    paragraph('a', "It's 3 o'clock – really."),
    { type: 'codeBlock', attrs: { id: 'b' }, content: [{ type: 'text', text: 'one\n\ntwo' }] },
    { type: 'image', attrs: { id: 'c', mediaId: 'med_1', alt: 'not counted', caption: 'Two words' } },
  );
  assert.deepEqual(length(body), { words: 6, minutes: 1 });
  assert.deepEqual(length(null), { words: 0, minutes: 0 });
  assert.equal(plainText(doc(paragraph('a', 'One'), paragraph('b', 'Two'))), 'One\nTwo');
});

test('addresses follow the rules of the server', () => {
  for (const good of ['https://example.org', 'http://localhost:5080/a', 'mailto:desk@example.org?subject=a', "https://example.org/it's", 'https://例え.jp/']) {
    assert.ok(isAddress(good), good);
  }
  for (const bad of ['javascript:alert(1)', 'https://', 'https://bank.example@evil.example', 'https://a b', 'https://example.org/\u202e', 'ftp://example.org', 'mailto:nobody', 'data:text/html,x', '/articles/a', 'https:\\\\example.org']) {
    assert.ok(!isAddress(bad), bad);
  }
  assert.equal(addressOf('example.org/a'), 'https://example.org/a');
  assert.equal(addressOf('desk@example.org'), 'mailto:desk@example.org');
  assert.equal(addressOf('https://example.org/a b'), 'https://example.org/a%20b');
  assert.equal(addressOf('javascript:alert(1)'), null);
  assert.equal(addressOf('hello'), null);
  assert.ok(isEmbedAddress('https://www.youtube.com/watch?v=a'));
  for (const bad of ['http://www.youtube.com/', 'https://127.0.0.1/', 'https://youtube.com:8443/', 'https://localhost/']) assert.ok(!isEmbedAddress(bad), bad);
});
