import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, parse, validate } from 'graphql';

const root = new URL('../../../', import.meta.url);
const folder = new URL('src/Cms.Studio/Operations/', root);
const documents = readdirSync(folder).filter((name) => /^Editor.*\.graphql$/.test(name));
const text = (name) => readFileSync(new URL(name, folder), 'utf8');
const fragments = new Map(readdirSync(folder).filter((name) => name.endsWith('.fragment.graphql')).map((name) => [name.replace('.fragment.graphql', ''), text(name)]));
/** An operation with the fragments that it uses, as the server puts them together. */
const whole = (operation) => {
  const used = new Map();
  const read = (part) => { for (const [, name] of part.matchAll(/\.\.\.([A-Z]\w*)/g)) if (fragments.has(name) && !used.has(name)) { used.set(name, fragments.get(name)); read(fragments.get(name)); } };
  read(operation);
  return [operation, ...[...used.keys()].sort().map((name) => used.get(name))].join('\n');
};
const schema = buildSchema(readFileSync(new URL('schema/schema.graphql', root), 'utf8'));

test('every document of the editor is valid and has the name of its file', () => {
  assert.ok(documents.length > 20);
  for (const name of documents) {
    const document = parse(whole(text(name)));
    assert.deepEqual(validate(schema, document).map(({ message }) => message), [], name);
    assert.deepEqual(document.definitions.filter(({ kind }) => kind === 'OperationDefinition').map((one) => one.name?.value), [name.replace('.graphql', '')]);
  }
});

test('the editor runs exactly the documents that exist', () => {
  const editor = new URL('src/Cms.Studio/Assets/editor/', root);
  const used = new Set();
  for (const name of readdirSync(editor).filter((file) => file.endsWith('.js'))) {
    for (const [, operation] of readFileSync(new URL(name, editor), 'utf8').matchAll(/'(Editor[A-Z]\w+)'/g)) used.add(operation);
  }
  used.add('EditorArticle');
  assert.deepEqual([...used].sort(), documents.map((name) => name.replace('.graphql', '')).sort());
});
