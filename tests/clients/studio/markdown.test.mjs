import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getSchema } from '../../../src/Cms.Studio/Assets/vendor/vendor.js';
import { fromJson, plainText, toJson, walk } from '../../../src/Cms.Studio/Assets/editor/body-json.js';
import { looksLikeMarkdown, readMarkdown } from '../../../src/Cms.Studio/Assets/editor/markdown.js';
import { nodes } from '../../../src/Cms.Studio/Assets/editor/nodes.js';
import { randomFrom } from './random-body.mjs';

const schema = getSchema(nodes);
const doc = (text) => ({ type: 'doc', attrs: { schemaVersion: 1 }, content: readMarkdown(text) });

test('whatever is pasted becomes a valid body, and keeps its words', () => {
  const pieces = ['word', ' ', '\n', '\n\n', '# ', '## ', '- ', '1. ', '  - ', '> ', '```\n', '**', '*', '_', '~~', '`', '[a](https://example.org)', '[b](javascript:x)', '| a | b |\n|---|---|\n', '---\n', '![i](https://example.org/i.png)', '\\*', '    ', '> [!WARNING]\n> ', '\t', '👩‍💻'];
  for (let seed = 1; seed <= 1_500; seed++) {
    const random = randomFrom(seed);
    const text = Array.from({ length: 1 + random.below(30) }, () => random.of(pieces)).join('');
    const read = doc(text);
    if (read.content.length === 0) continue;
    const node = fromJson(schema, read);
    node.check();
    const words = (all) => (all.match(/word/g) ?? []).length;
    assert.equal(words(plainText(toJson(node))), words(text), JSON.stringify(text));
    walk(read, ({ marks = [] }) => marks.forEach(({ attrs }) => attrs && assert.match(attrs.href, /^https:/)));
  }
});

test('a long hostile text is read at once', () => {
  const began = performance.now();
  for (const text of ['**a '.repeat(50_000), '[a](b '.repeat(50_000), '> '.repeat(20_000), '- '.repeat(20_000), '*_~`'.repeat(50_000), '|a'.repeat(50_000), '**a** '.repeat(3_000)]) readMarkdown(text);
  assert.ok(performance.now() - began < 10_000, `${performance.now() - began} ms`);
});

test('the columns of a table keep their alignment', () => {
  const [table] = readMarkdown('| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |');
  for (const row of table.content) assert.deepEqual(row.content.map(({ attrs }) => attrs?.align), ['left', 'center', 'right', undefined]);
  assert.deepEqual(toJson(fromJson(schema, { type: 'doc', attrs: { schemaVersion: 1 }, content: [table] })).content[0].content[1].content[2].attrs, { align: 'right' });
});

test('only texts with signs of Markdown count as Markdown', () => {
  for (const text of ['# Title', 'a\n\n- one\n- two\n', '```js\nx\n```', 'see [this](https://example.org)', 'very **bold**', '| a | b |\n|---|---|\n| 1 | 2 |']) assert.ok(looksLikeMarkdown(text), text);
  for (const text of ['A plain sentence.', '3 * 4 = 12', '- a dash in a dialogue', 'C# and F#', 'a_b_c', 'Is it 5 > 3?']) assert.ok(!looksLikeMarkdown(text), text);
});
