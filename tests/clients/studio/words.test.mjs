// The messages of the API are written for its clients. The editor shows them in the words that are on its screen.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inWords } from '../../../src/Cms.Studio/Assets/editor/fields.js';

const root = new URL('../../../src/Cms/', import.meta.url).pathname;

/** What only other pages of the Studio send: withdrawals, times of preview links, and articles deleted for good. */
const ofOtherPages = /acknowledge(?:By|Use)|expiresIn|trashArticle/;

const messages = ['Articles', 'Panel', 'Body'].flatMap((feature) =>
  readdirSync(join(root, feature), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('Errors.cs') || (file.includes('Rules') && file.endsWith('.cs')))
    .flatMap((file) => {
      const code = readFileSync(join(root, feature, file), 'utf8').replace(/^\s*\/\/.*$/gm, '');
      return [...code.matchAll(/"((?:[^"\\]|\\.)+)"/g)].map(([, text]) => text ?? '').filter((text) => /[a-z] [a-z]/.test(text));
    }),
);

test('no message that the editor can show contains a name of the API', () => {
  const shown = messages.filter((text) => !ofOtherPages.test(text)).map((text) => inWords(text.replace(/\{[^{}]*\}/g, 'X')));

  assert.ok(shown.length > 90, `Only ${shown.length} messages were found.`);
  assert.deepEqual(shown.filter((text) => /\b[a-z]+[A-Z]\w*|[A-Z]+_[A-Z]+/.test(text)), []);
});
