import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { bodyOf, fakeApi } from './fake-api.mjs';
import { chromiumPath, serve } from './harness.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
let browser;
/** The servers of tests that failed before they closed them. */
const servers = new Set();
before(async () => { browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] }); });
after(async () => {
  await browser.close();
  for (const server of servers) await server.close();
});

/** One article in one browser. Anything that the content security policy or Trusted Types block fails the test. */
async function open(options = {}, { viewport = { width: 1440, height: 900 }, colorScheme = 'light', ...more } = {}) {
  const api = fakeApi(options);
  const server = await serve(api);
  servers.add(server);
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...more });
  const faults = [];
  context.setDefaultTimeout(8_000);
  const watch = (page) => {
    // Pages that are not the Studio's, such as the one after signing out, have no transition.
    page.on('pageerror', (fault) => /ViewTransition opt-in/.test(fault.message) || faults.push(fault.message));
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|violates|Refused to/i.test(message.text())) faults.push(message.text());
    });
    return page;
  };
  const visit = async () => {
    const page = watch(await context.newPage());
    await page.goto(`${server.url}/studio/articles/art_1`);
    await page.waitForSelector('.ProseMirror');
    return page;
  };
  const page = await visit();
  const w = {
    api, server, context, page, visit, faults,
    text: page.locator('.ProseMirror'),
    state: (one = page) => one.locator('.save').getAttribute('data-state'),
    until: async (state, one = page) => one.waitForFunction((wanted) => document.querySelector('.save')?.getAttribute('data-state') === wanted, state, { timeout: 15_000 }),
    /** Puts the caret at the end of a top-level block. */
    end: async (block = 0, one = page) => {
      await one.locator('.ProseMirror > *').nth(block).click();
      await one.keyboard.press('End');
    },
    /** Waits until the page has drawn what it heard of. */
    frames: (one = page) => one.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))),
    /** Presses a key that moves the selection, and waits until the editor knows of it, as hands do. */
    press: async (key) => {
      await page.keyboard.press(key);
      await w.frames();
    },
    saved: async () => {
      await w.frames();
      await w.until('saved');
    },
    /** Waits until the browser keeps a text. */
    kept: (text) => w.when(() => page.evaluate((wanted) => new Promise((resolve) => {
      const request = indexedDB.open('cms-studio');
      request.onsuccess = () => {
        const all = request.result.transaction('drafts').objectStore('drafts').getAll();
        all.onsuccess = () => (request.result.close(), resolve(JSON.stringify(all.result).includes(wanted)));
      };
    }), text)),
    when: async (check) => {
      for (let i = 0; i < 1_000; i++) {
        if (await check()) return;
        await w.frames();
      }
      assert.fail('It never became true.');
    },
    words: () => (api.fields.body?.content ?? []).map((block) => (block.content ?? []).map((node) => node.text ?? '').join('')),
    close: async () => {
      await context.close();
      await server.close();
      servers.delete(server);
      assert.deepEqual(faults, []);
    },
    /** Pastes as if it came from another program. */
    paste: (html, plain = '', target = '.ProseMirror') => page.evaluate(([html, plain, target]) => {
      const clipboardData = new DataTransfer();
      if (html) clipboardData.setData('text/html', html);
      clipboardData.setData('text/plain', plain);
      document.querySelector(target).dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, [html, plain, target]),
    files: (kind, names) => page.evaluate(([kind, names]) => {
      const data = new DataTransfer();
      for (const name of names) data.items.add(new File([new Uint8Array(2_000)], name, { type: 'image/png' }));
      const surface = document.querySelector('.ProseMirror');
      const { left, top } = surface.getBoundingClientRect();
      surface.dispatchEvent(kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent('drop', { dataTransfer: data, clientX: left + 20, clientY: top + 10, bubbles: true, cancelable: true }));
    }, [kind, names]),
  };
  return w;
}
const blank = { body: null };
const message = (w, text) => w.page.locator('.message', { hasText: text }).waitFor();
const types = (body) => body.content.map(({ type }) => type);
const caret = (page) => page.evaluate(() => [getSelection().anchorNode?.textContent, getSelection().anchorOffset]);

test('what is typed is saved by itself, and the surface is never made again', async () => {
  const w = await open();
  await w.end();
  await w.page.evaluate(() => (window.surface = document.querySelector('.ProseMirror')));
  await w.page.keyboard.type(' More.');
  await w.until('saved'); await w.page.keyboard.type(' Again.'); await w.until('editing').catch(() => {}); await w.until('saved');
  assert.deepEqual(w.words(), ['The first paragraph. More. Again.', 'The second paragraph.']);
  assert.ok(await w.page.evaluate(() => window.surface === document.querySelector('.ProseMirror') && document.activeElement === window.surface));
  const saves = w.api.calls.filter(({ name }) => name === 'EditorSave');
  assert.deepEqual(Object.keys(saves[0].variables.input).sort(), ['autosave', 'body', 'clientMutationId', 'expectedVersion', 'id']);
  await w.close();
});

test('undo goes back past saves', async () => {
  const w = await open();
  await w.end(); await w.page.keyboard.type(' One.'); await w.until('saved'); await w.page.keyboard.type(' Two.'); await w.saved();
  for (let i = 0; i < 6; i++) await w.page.keyboard.press('Control+z');
  await w.saved();
  assert.equal(w.words()[0], 'The first paragraph.');
  await w.page.keyboard.press('Control+Shift+z'); await w.page.keyboard.press('Control+y'); await w.saved();
  assert.match(w.words()[0], /One\. Two\./);
  await w.close();
});

test('while the server is down the text is kept, and saved when it is back', async () => {
  const w = await open();
  w.api.isDown = true;
  await w.end(); await w.page.keyboard.type(' Offline.'); await w.until('offline');
  assert.equal(await w.page.locator('.save').textContent(), 'Offline, kept on this device');
  await w.page.locator('#field-summary').fill('Summary too.');
  w.api.isDown = false; await w.page.getByRole('button', { name: 'Try now' }).click(); await w.until('saved');
  assert.equal(w.words()[0], 'The first paragraph. Offline.'); assert.equal(w.api.fields.summary, 'Summary too.');
  await w.close();
});

test('a long text in letters of several bytes is saved', async () => {
  const w = await open({ body: bodyOf(...Array.from({ length: 70 }, () => 'Текст '.repeat(100).trim())) });
  await w.end(); await w.page.keyboard.type(' Ещё.'); await w.saved(); assert.match(w.words()[0], /Ещё\./);
  await w.close();
});

test('a lost answer is no conflict', async () => {
  const w = await open();
  w.api.loses = 1; await w.end(); await w.page.keyboard.type(' Lost?'); await w.until('offline'); await w.page.keyboard.type(' No.'); await w.until('saved');
  assert.equal(w.words()[0], 'The first paragraph. Lost? No.'); assert.equal(await w.page.locator('.conflict').count(), 0);
  await w.close();
});

test('text of a closed page is back, with its age, and can be discarded', async () => {
  const w = await open();
  // No save arrives, not even the last one of a page that is closing.
  w.api.losesSaves = true;
  await w.end(); await w.page.keyboard.type(' Not sent.'); await w.kept('Not sent.'); await w.page.close();
  const page = await w.visit();
  await page.locator('.message', { hasText: 'Text from less than a minute ago had not been saved and is back: text.' }).waitFor();
  assert.match(await page.locator('.ProseMirror').textContent(), /Not sent\./);
  await page.getByRole('button', { name: 'Discard it' }).click();
  assert.doesNotMatch(await page.locator('.ProseMirror').textContent(), /Not sent\./);
  await w.close();
});

test('an image in text that is back is shown', async () => {
  const w = await open(); const storm = w.page.getByRole('button', { name: /A storm/ });
  await w.end(); await w.page.getByRole('toolbar').getByRole('button', { name: 'Image', exact: true }).click(); await storm.waitFor(); w.api.isDown = true; await storm.click(); await w.kept('med_'); await w.page.close(); w.api.isDown = false;
  const page = await w.visit(); await page.locator('.ProseMirror figure img[src]').waitFor();
  await w.close();
});

test('text survives a crash of the tab', async () => {
  const w = await open();
  w.api.isDown = true; await w.end(); await w.page.keyboard.type(' Last key!'); await w.kept('Last key!');
  const crashed = w.page.waitForEvent('crash'); w.page.goto('chrome://crash').catch(() => {}); await crashed; await w.page.close().catch(() => {}); w.api.isDown = false;
  const page = await w.visit(); assert.match(await page.locator('.ProseMirror').textContent(), /Last key!/);
  await w.until('saved', page); assert.match(w.words()[0], /Last key!/);
  await w.close();
});

test('after the end of the session the text is kept, and goes on after the sign-in', async () => {
  const w = await open();
  w.api.isSignedOut = true; await w.end(); await w.page.keyboard.type(' Signed out.'); await w.until('signedOut');
  const popup = w.context.waitForEvent('page'); await w.page.getByRole('button', { name: 'Sign in and go on' }).click(); await popup;
  await w.until('saved'); assert.equal(w.words()[0], 'The first paragraph. Signed out.');
  await w.close();
});

test('a window for signing in that is blocked or closed is said, and a sign-in in another tab is noticed', async () => {
  const w = await open();
  w.api.signIn = () => {}; w.api.isSignedOut = true; await w.end(); await w.page.keyboard.type(' Signed out.'); await w.until('signedOut');
  const press = () => w.page.getByRole('button', { name: 'Sign in and go on' }).click();
  await w.page.evaluate(() => { window.opens = window.open; window.open = () => null; }); await press();
  await message(w, 'The browser did not open the window for signing in.'); const link = w.page.getByRole('link', { name: 'Sign in in a new tab' });
  assert.equal(await link.getAttribute('href'), '/signin?again=true&returnUrl=/studio/signed-in');
  await w.page.evaluate(() => { window.open = window.opens; });
  const popup = w.context.waitForEvent('page'); await press(); await link.waitFor({ state: 'detached' }); await (await popup).close();
  await message(w, 'You have not signed in yet.'); assert.equal(await w.state(), 'signedOut');
  w.api.isSignedOut = false; await w.until('saved'); assert.equal(w.words()[0], 'The first paragraph. Signed out.'); await w.page.locator('.message', { hasText: 'signed' }).waitFor({ state: 'detached' });
  // A comment that is sent after the end of the session offers the sign-in too.
  w.api.isSignedOut = true; await w.page.getByRole('tab', { name: 'Comments' }).click(); await w.page.getByLabel('New comment').fill('Who says so?'); await w.page.getByRole('button', { name: 'Send' }).click(); await w.until('signedOut');
  w.api.isSignedOut = false; await w.until('saved'); assert.equal(await w.page.getByLabel('New comment').inputValue(), 'Who says so?');
  await w.close();
});

test('somebody else\'s fields and blocks come in, and the caret stays', async () => {
  const w = await open();
  w.api.ada({ headline: 'Ada\'s headline', body: { ...w.api.fields.body, content: [w.api.fields.body.content[0], ...bodyOf('x', 'Ada\'s second.').content.slice(1), { type: 'paragraph', attrs: { id: 'ada' }, content: [{ type: 'text', text: 'Ada\'s third.' }] }] } });
  await w.end(); await w.page.keyboard.type(' Mine.'); const place = await caret(w.page); await w.saved();
  assert.deepEqual(w.words(), ['The first paragraph. Mine.', 'Ada\'s second.', 'Ada\'s third.']);
  assert.equal(await w.page.locator('#field-headline').inputValue(), 'Ada\'s headline'); assert.deepEqual(await caret(w.page), place);
  await message(w, 'Ada Marsh saved'); await w.page.keyboard.type(' Still here.'); await w.saved(); assert.equal(w.words()[0], 'The first paragraph. Mine. Still here.');
  await w.close();
});

for (const [side, expected] of [['Keep mine', 'Mine.'], ['Take theirs', 'Ada\'s first.']]) {
  test(`the same block changed twice shows both sides: ${side}`, async () => {
    const w = await open();
    const changed = structuredClone(w.api.fields.body); changed.content[0].content[0].text = 'Ada\'s first.'; w.api.ada({ body: changed });
    await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); await w.page.keyboard.type('Mine.'); await w.until('conflict');
    const shown = await w.page.locator('.conflict').textContent(); assert.match(shown, /Mine\./); assert.match(shown, /Ada's first\./); assert.match(shown, /Ada Marsh changed the same part/);
    assert.equal(w.words()[0], 'Ada\'s first.'); assert.ok(await w.page.evaluate(() => document.activeElement.classList.contains('ProseMirror')), 'the conflict takes no focus');
    await w.frames(); assert.ok(await w.page.evaluate(() => { const { top } = getSelection().getRangeAt(0).getBoundingClientRect(); return top > document.querySelector('.messages').getBoundingClientRect().bottom && top < innerHeight; }), 'the line that is written can be seen');
    await w.page.getByRole('button', { name: `${side} (Text, one block)`, exact: true }).click(); await w.until('saved'); assert.equal(w.words()[0], expected); assert.equal((await w.text.textContent()).startsWith(expected), true);
    await w.close();
  });
}

test('a field that both changed can be edited in the conflict', async () => {
  const w = await open();
  w.api.ada({ summary: 'Ada\'s summary.' }); await w.page.locator('#field-summary').fill('My summary.'); await w.until('conflict');
  for (const name of ['Keep mine (Summary)', 'Take theirs (Summary)', 'Copy (their version of Summary)']) assert.equal(await w.page.getByRole('button', { name, exact: true }).count(), 1, name);
  await w.page.getByRole('button', { name: 'Edit (Summary)', exact: true }).click(); await w.page.getByLabel('Your new version').fill('Our summary.'); await w.page.getByRole('button', { name: 'Use this version' }).click();
  await w.until('saved'); assert.equal(w.api.fields.summary, 'Our summary.'); assert.equal(await w.page.locator('#field-summary').inputValue(), 'Our summary.');
  await w.close();
});

test('a second tab shows that the article is open, and takes over with the text', async () => {
  const w = await open();
  const second = await w.visit(); await w.until('elsewhere', second);
  w.api.isDown = true; await w.page.bringToFront(); await w.end(); await w.page.keyboard.type(' From the first tab.'); await w.kept('From the first tab.'); w.api.isDown = false;
  await second.bringToFront(); await second.getByRole('button', { name: 'Write here instead' }).click();
  await second.waitForFunction(() => document.querySelector('.ProseMirror')?.textContent.includes('From the first tab.') && document.querySelector('.save')?.dataset.state !== 'elsewhere', undefined, { timeout: 10_000 });
  await w.until('saved', second); await w.until('elsewhere'); assert.equal(w.words()[0], 'The first paragraph. From the first tab.');
  await w.close();
});

test('a refused field says why, and the rest is saved', async () => {
  const w = await open();
  w.api.refuse = ({ sourceUrl }) => (sourceUrl === 'nope' ? { __typename: 'UrlMalformedError', message: 'Enter the full URL, beginning with https://.', path: ['sourceUrl'] } : null);
  await w.page.locator('#field-sourceUrl').fill('nope'); await w.page.locator('#field-summary').fill('New summary.'); await w.until('refused');
  assert.equal(w.api.fields.summary, 'New summary.'); await message(w, 'Link to the source is not saved: Enter the full URL'); assert.equal(await w.page.locator('#field-sourceUrl').getAttribute('aria-invalid'), 'true');
  await w.page.locator('#field-sourceUrl').fill('https://example.org'); await w.until('saved'); assert.equal(w.api.fields.sourceUrl, 'https://example.org');
  await w.close();
});

/** How many texts the device keeps. */
const keptTexts = (page) => page.evaluate(() => new Promise((resolve) => { const request = indexedDB.open('cms-studio'); request.onsuccess = () => { const all = request.result.transaction('drafts').objectStore('drafts').count(); all.onsuccess = () => (request.result.close(), resolve(all.result)); }; }));

/** A text that the device keeps for somebody else. */
const keepForAda = (page) => page.evaluate(() => new Promise((resolve) => { const request = indexedDB.open('cms-studio'); request.onsuccess = () => { const put = request.result.transaction('drafts', 'readwrite').objectStore('drafts').put({ key: 'tenant/ada art_1', title: 'Of Ada', version: 1, base: { summary: '' }, mine: { summary: 'Ada wrote this.' }, sent: null, clashes: [], at: Date.now() }); put.onsuccess = () => (request.result.close(), resolve()); }; }));

test('signing out deletes the kept text of this person, and of nobody else', async () => {
  const w = await open();
  await keepForAda(w.page);
  w.api.isDown = true; await w.end(); await w.page.keyboard.type(' Secret.'); await w.kept('Secret.'); assert.equal(await keptTexts(w.page), 2);
  w.page.on('dialog', (dialog) => { assert.match(dialog.message(), /not saved, in “A linker in four hundred lines”\. .* choose Cancel/); void dialog.accept(); });
  await Promise.all([w.page.waitForURL('**/signout'), w.page.evaluate(() => document.querySelector('#sign-out').requestSubmit())]);
  assert.equal(await keptTexts(w.page), 1); await w.kept('Ada wrote this.');
  await w.close();
});

test('signing out asks nobody about the text of somebody else, and waits for no device that does not answer', async () => {
  const w = await open();
  await keepForAda(w.page); await w.page.goto(`${w.server.url}/studio/articles`);
  w.page.on('dialog', (dialog) => { w.faults.push(dialog.message()); void dialog.dismiss(); });
  await Promise.all([w.page.waitForURL('**/signout'), w.page.getByRole('button', { name: 'Sign out' }).click()]);
  await w.kept('Ada wrote this.'); w.api.signIn();
  await w.page.addInitScript(() => { IDBFactory.prototype.open = () => ({}); });
  await w.page.goto(`${w.server.url}/studio/articles`);
  await Promise.all([w.page.waitForURL('**/signout'), w.page.getByRole('button', { name: 'Sign out' }).click()]);
  await w.close();
});

test('a device that never answers does not hold up the editor, which says that it keeps nothing', async () => {
  const w = await open();
  await w.page.addInitScript(() => { IDBFactory.prototype.open = () => ({}); });
  await w.page.reload(); await w.page.waitForSelector('.ProseMirror');
  w.api.isDown = true; await w.end(); await w.page.keyboard.type(' Only here.'); await message(w, 'This device cannot keep your text'); await w.page.getByRole('button', { name: 'Copy the text' }).waitFor();
  w.api.isDown = false; await w.until('saved'); assert.match(w.words()[0], /Only here/);
  await w.close();
});

test('signing out on another page deletes the kept text too, and can be cancelled', async () => {
  const w = await open();
  w.api.isDown = true; await w.end(); await w.page.keyboard.type(' Secret.'); await w.kept('Secret.'); await w.page.goto(`${w.server.url}/studio/articles`);
  const press = (answer) => Promise.all([w.page.waitForEvent('dialog').then((dialog) => dialog[answer]()), w.page.getByRole('button', { name: 'Sign out' }).click()]);
  await press('dismiss'); await w.page.waitForFunction(() => !document.querySelector('[aria-busy]')); assert.equal(await keptTexts(w.page), 1); assert.equal(w.api.isSignedOut, false);
  await press('accept'); await w.page.waitForURL('**/signout'); assert.equal(await keptTexts(w.page), 0);
  await w.close();
});

test('others who have the article open are named', async () => {
  const w = await open();
  w.api.presence = [{ name: 'Erin Vale', since: '2026-04-01T10:00:00Z', isMe: true, isHolder: false }, { name: 'Ada Marsh', since: '2026-04-01T10:00:00Z', isMe: false, isHolder: true }];
  const page = await w.visit(); assert.equal(await page.locator('.present').textContent(), 'Ada Marsh is writing here too'); assert.equal(w.api.leases.length, 2);
  await page.close(); await w.close();
});

test('the slash menu, typing shortcuts and keys make blocks', async () => {
  const w = await open(blank);
  await w.text.click(); await w.page.keyboard.type('## A heading'); await w.page.keyboard.press('Enter'); await w.page.keyboard.type('- one'); await w.page.keyboard.press('Enter'); await w.page.keyboard.type('two'); await w.page.keyboard.press('Tab'); await w.page.keyboard.press('Enter'); await w.page.keyboard.press('Enter'); await w.page.keyboard.press('Enter');
  await w.page.keyboard.type('/quo'); await w.page.locator('#slash-menu').waitFor(); await w.page.keyboard.press('Enter'); await w.page.keyboard.type('Said.'); await w.page.keyboard.press('Enter'); await w.page.keyboard.press('Enter');
  await w.page.keyboard.type('```js '); await w.page.keyboard.type('let a;'); await w.page.keyboard.press('Enter'); await w.page.keyboard.type('b'); await w.page.keyboard.press('Control+Enter');
  await w.page.keyboard.type('Some **bold** and *italic* and `code` and '); await w.page.keyboard.press('Control+b'); await w.page.keyboard.type('more'); await w.page.keyboard.press('Control+b'); await w.page.keyboard.press('Shift+Enter'); await w.page.keyboard.type('line'); await w.saved();
  const [heading, list, quote, code, last] = w.api.fields.body.content;
  assert.deepEqual([heading.type, heading.attrs.level, list.type, quote.type, code.attrs.language, code.content[0].text], ['heading', 2, 'bulletList', 'blockquote', 'js', 'let a;\nb']);
  assert.equal(list.content[0].content[1].type, 'bulletList');
  assert.deepEqual(last.content.map((node) => node.marks?.[0]?.type ?? node.type), ['text', 'bold', 'text', 'italic', 'text', 'code', 'text', 'bold', 'hardBreak', 'text']);
  const ids = JSON.stringify(w.api.fields.body).match(/"id":"[^"]+"/g); assert.equal(new Set(ids).size, ids.length);
  await w.close();
});

/** A list with an item for each text. */
const listOf = (type, id, ...texts) => ({ type, attrs: { id }, content: texts.map((text, i) => ({ type: 'listItem', attrs: { id: `${id}${i}` }, content: [{ type: 'paragraph', attrs: { id: `${id}p${i}` }, content: [{ type: 'text', text }] }] })) });
/** A body in one line: blocks with their texts or with what is in them. */
const outline = (node) => (node.content ?? []).map((child) => (child.text ?? (child.type === 'paragraph' ? outline(child) : `${child.type}(${outline(child)})`))).join(' ');

test('buttons and keys for lists and quotes take away what they put there', async () => {
  const list = listOf('bulletList', 'l', 'one', 'two', 'three');
  const w = await open({ body: { type: 'doc', attrs: { schemaVersion: 1 }, content: [list] } });
  const press = (name) => w.page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name, exact: true }).click();
  const pressed = (name) => w.page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
  const becomes = async (expected) => { await w.saved(); assert.equal(outline(w.api.fields.body), expected); };
  const all = 'bulletList(listItem(one) listItem(two) listItem(three))';
  await w.text.getByText('two').click();
  await press('Bulleted list'); await becomes('bulletList(listItem(one)) two bulletList(listItem(three))');
  await press('Bulleted list'); await becomes(all);
  // The other kind takes its place, and the list stays the same block.
  const { id } = w.api.fields.body.content[0].attrs;
  await press('Numbered list'); await becomes('orderedList(listItem(one) listItem(two) listItem(three))');
  assert.equal(w.api.fields.body.content[0].attrs.id, id); assert.deepEqual([await pressed('Numbered list'), await pressed('Bulleted list')], ['true', 'false']);
  await w.press('Control+Shift+8'); await becomes(all);
  await w.press('Control+a'); await press('Bulleted list'); await becomes('one two three');
  await press('Bulleted list'); await becomes(all);
  // An item cannot be in a quote by itself, so its list is.
  await w.text.getByText('two').click();
  await press('Quote'); await becomes(`blockquote(${all})`); assert.equal(await pressed('Quote'), 'true');
  await press('Quote'); await becomes(all); assert.equal(await pressed('Quote'), 'false');
  await press('Callout'); await becomes(`callout(${all})`); await press('Callout'); await becomes(all);
  await press('Heading'); await becomes('bulletList(listItem(one)) heading(two) bulletList(listItem(three))');
  await press('Heading'); await becomes('bulletList(listItem(one)) two bulletList(listItem(three))');
  await w.close();
});

test('Backspace at the start of an item moves it out of its list', async () => {
  const list = listOf('bulletList', 'l', 'one', 'two'); list.content[1].content.push(listOf('orderedList', 'm', 'inner'));
  const w = await open({ body: { type: 'doc', attrs: { schemaVersion: 1 }, content: [list] } });
  const back = async (text, expected) => { await w.text.getByText(text).click(); await w.press('Home'); await w.press('Backspace'); await w.saved(); assert.equal(outline(w.api.fields.body), expected); };
  await back('inner', 'bulletList(listItem(one) listItem(two) listItem(inner))');
  await back('two', 'bulletList(listItem(one)) two bulletList(listItem(inner))');
  await back('one', 'one two bulletList(listItem(inner))');
  // What a shortcut has made a moment ago is what was typed again.
  await w.text.getByText('two').click(); await w.frames(); await w.press('End'); await w.press('Enter'); await w.page.keyboard.type('- '); await w.press('Backspace'); await w.page.keyboard.type('a dash'); await w.saved();
  assert.equal(outline(w.api.fields.body), 'one two - a dash bulletList(listItem(inner))');
  await w.close();
});

test('the slash menu can be closed and leaves the text', async () => {
  const w = await open(blank);
  await w.text.click(); await w.page.keyboard.type('either /or'); assert.equal(await w.page.locator('#slash-menu').count(), 1); await w.page.keyboard.press('Escape'); assert.equal(await w.page.locator('#slash-menu').count(), 0);
  await w.page.keyboard.type(' so'); await w.saved(); assert.equal(w.words()[0], 'either /or so');
  await w.close();
});

test('the toolbar shows its keys, is one stop of the tab key, and keeps the focus in the text', async () => {
  const w = await open();
  await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); await w.page.getByRole('button', { name: 'Bold', exact: true }).click(); await w.page.keyboard.press('Control+i'); await w.saved();
  assert.deepEqual(w.api.fields.body.content[0].content[0].marks, [{ type: 'bold' }, { type: 'italic' }]);
  assert.equal(await w.page.getByRole('button', { name: 'Bold', exact: true }).getAttribute('aria-pressed'), 'true'); assert.equal(await w.page.getByRole('button', { name: 'Bold', exact: true }).getAttribute('title'), 'Bold (Ctrl+B)');
  assert.equal(await w.page.locator('.commands [tabindex="0"]').count(), 1); await w.page.keyboard.press('Alt+F10'); await w.page.keyboard.press('ArrowRight'); assert.equal(await w.page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Italic');
  await w.close();
});

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style><xml><o:shapedefaults/></xml></head><body lang=EN-GB>
<!--StartFragment--><h1>Report<o:p></o:p></h1><p class=MsoNormal style='mso-fareast-language:EN-GB'><b>Bold</b> and <span style='font-style:italic'>italic</span><o:p></o:p></p>
<p class=MsoNormal>&nbsp;<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Nested<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Second<o:p></o:p></p>
<p class=MsoNormal><span style='display:none'>hidden</span>End <a href="https://example.org/a">link</a></p><!--EndFragment--></body></html>`;
const googleDocs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2><span style="font-weight:700">Title</span></h2><p dir="ltr"><span style="font-weight:700;font-style:italic">Strong</span><span style="text-decoration:line-through"> gone</span></p><ul><li dir="ltr"><p><span>One</span></p></li><ul><li><p><span>Inner</span></p></li></ul></ul><p><a href="https://www.google.com/url?q=https://example.org/b&sa=D"><span>link</span></a></p></b><br class="Apple-interchange-newline">`;

test('text from Word is clean', async () => {
  const w = await open(blank);
  await w.text.click(); await w.paste(word, 'plain'); await w.saved();
  const body = w.api.fields.body; assert.deepEqual(types(body), ['heading', 'paragraph', 'bulletList', 'paragraph'], JSON.stringify(body));
  assert.deepEqual(body.content[1].content.map(({ text, marks }) => [text, marks?.[0]?.type]), [['Bold', 'bold'], [' and ', undefined], ['italic', 'italic']]);
  const [first, second] = body.content[2].content; assert.equal(first.content[0].content[0].text, 'First'); assert.equal(first.content[1].content[0].content[0].content[0].text, 'Nested'); assert.equal(second.content[0].content[0].text, 'Second');
  assert.doesNotMatch(JSON.stringify(body), /hidden|Mso|mso|·/); assert.equal(body.content[3].content[1].marks[0].attrs.href, 'https://example.org/a');
  await w.close();
});

test('text from Google Docs is clean', async () => {
  const w = await open(blank);
  await w.text.click(); await w.paste(googleDocs, 'plain'); await w.saved();
  const body = w.api.fields.body; assert.deepEqual(types(body), ['heading', 'paragraph', 'bulletList', 'paragraph'], JSON.stringify(body));
  assert.equal(body.content[0].content[0].marks, undefined); assert.deepEqual(body.content[1].content.map(({ marks }) => marks.map(({ type }) => type)), [['bold', 'italic'], ['strike']]);
  assert.equal(body.content[2].content[0].content[1].type, 'bulletList'); assert.equal(body.content[3].content[0].marks[0].attrs.href, 'https://example.org/b');
  await w.close();
});

test('hostile HTML runs nothing, loads nothing and leaves only text', async () => {
  const w = await open(blank);
  const asked = []; await w.page.route('**/evil/**', (route) => (asked.push(route.request().url()), route.abort()));
  await w.text.click();
  await w.paste(`<p onclick="alert(1)">Text <a href="javascript:alert(1)">bad</a> <a href="https://bank.example@evil.example/">worse</a> <a href=" java\tscript:alert(1)">x</a></p><img src=x onerror="window.hacked=1"><img src="/evil/1"><svg onload="window.hacked=1"><script>window.hacked=1</script></svg><iframe srcdoc="<script>parent.hacked=1</script>"></iframe><style>@import '/evil/2'</style><link rel=stylesheet href="/evil/3"><form action="/evil/4"><input value="v"></form><template><p>t</p></template><math><mi xlink:href="data:x"></mi></math><object data="/evil/5"></object><div style="background:url(/evil/6)">After</div><p data-id="b0" class="x" id="editor">Own id</p><figure data-media="not-an-id"></figure><div data-target="art_1" data-kind="<b>"></div><div data-embed-url="javascript:alert(1)"></div>`, 'x');
  await w.saved();
  assert.equal(await w.page.evaluate(() => window.hacked), undefined); assert.deepEqual(asked, []);
  const json = JSON.stringify(w.api.fields.body); assert.doesNotMatch(json, /javascript|evil\.example|onerror|alert|"b0"|embed|image/); assert.match(json, /Text bad worse/); assert.match(json, /After/);
  await message(w, '2 images were not pasted');
  await w.close();
});

test('Markdown becomes blocks, and plain text stays text', async () => {
  const w = await open(blank);
  await w.text.click();
  await w.paste('', '# Title\n\nSome **bold _both_** and [a link](https://example.org) and `x < y`.\n\n1. one\n2. two\n   - inner\n\n> [!TIP]\n> Tipped\n\n```c++\nint a;\n\nint b;\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n---\nEnd [bad](javascript:alert(1))');
  await w.saved();
  const body = w.api.fields.body; assert.deepEqual(types(body), ['heading', 'paragraph', 'orderedList', 'callout', 'codeBlock', 'table', 'horizontalRule', 'paragraph'], JSON.stringify(body));
  assert.equal(body.content[4].content[0].text, 'int a;\n\nint b;'); assert.equal(body.content[4].attrs.language, 'c++'); assert.equal(body.content[5].content[0].content[0].type, 'tableHeader'); assert.equal(body.content[3].attrs.tone, 'tip');
  assert.deepEqual(body.content[1].content.map(({ marks = [] }) => marks.map(({ type }) => type).join()), ['', 'bold', 'bold,italic', '', 'link', '', 'code', '']); assert.equal(body.content[2].content[1].content[1].type, 'bulletList');
  await w.page.keyboard.press('Control+a'); await w.paste('', 'A line.\nAnother - line * with signs.'); await w.saved(); assert.deepEqual(w.words(), ['A line.', 'Another - line * with signs.']);
  await w.close();
});

test('an address pasted over words becomes a link', async () => {
  const w = await open();
  await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); await w.paste('', 'https://example.org/x'); await w.saved();
  assert.deepEqual(w.api.fields.body.content[0].content, [{ type: 'text', marks: [{ type: 'link', attrs: { href: 'https://example.org/x' } }], text: 'The first paragraph.' }]);
  await w.close();
});

test('blocks that are copied get new ids, and blocks that are cut keep theirs', async () => {
  const w = await open();
  await w.page.locator('.ProseMirror > p').first().click(); await w.press('Control+a'); await w.press('Control+c'); await w.press('Control+Home'); await w.page.keyboard.press('Control+v'); await w.page.waitForFunction(() => document.querySelector('.ProseMirror').textContent.split('The second paragraph.').length === 3); await w.saved();
  const ids = w.api.fields.body.content.map(({ attrs }) => attrs.id); assert.equal(new Set(ids).size, ids.length); assert.equal(w.words().filter((text) => text.includes('The first paragraph.')).length >= 1, true); assert.ok(ids.includes('b1'), ids.join());
  assert.equal(w.words().join(' ').match(/The second paragraph\./g).length, 2);
  await w.close();
});

test('items of a list are copied as items, and words as words', async () => {
  const item = (id, text) => ({ type: 'listItem', attrs: { id }, content: [{ type: 'paragraph', attrs: { id: `${id}p` }, content: [{ type: 'text', text }] }] });
  const w = await open({ body: { type: 'doc', attrs: { schemaVersion: 1 }, content: [{ type: 'bulletList', attrs: { id: 'l' }, content: [item('i', 'One'), item('j', 'Two')] }, ...bodyOf('End word').content] } });
  const has = (text) => w.page.waitForFunction((wanted) => document.querySelector('.ProseMirror').textContent === wanted, text);
  await w.page.locator('.ProseMirror li').nth(1).click(); await w.press('End'); await w.press('Shift+ArrowUp'); await w.press('Shift+Home'); await w.press('Control+c'); await w.press('ArrowRight'); await w.page.locator('.ProseMirror li').nth(1).click(); await w.press('End'); await w.press('Enter'); await w.page.keyboard.press('Control+v'); await has('OneTwoOneTwoEnd word');
  assert.equal(await w.page.locator('.ProseMirror > ul > li').count(), 4);
  await w.page.locator('.ProseMirror > p').dblclick({ position: { x: 12, y: 12 } }); await w.frames(); await w.press('Control+c'); await w.page.locator('.ProseMirror li').first().click(); await w.press('End'); await w.page.keyboard.press('Control+v'); await w.page.waitForFunction(() => document.querySelector('.ProseMirror li').textContent.startsWith('OneEnd'));
  assert.equal(await w.page.locator('.ProseMirror > ul > li').count(), 4); await w.saved();
  await w.close();
});

test('an image that is pasted or dropped shows its progress and gets a description', async () => {
  const w = await open();
  await w.end(); w.api.delay = 300; await w.files('paste', ['storm.png']); await w.page.locator('.uploading progress').waitFor(); await w.page.keyboard.type(' Still typing.');
  await w.page.locator('.ProseMirror figure img[src]').waitFor(); w.api.delay = 0; await w.saved();
  assert.deepEqual(w.api.uploads, [2_000]); assert.deepEqual(types(w.api.fields.body), ['paragraph', 'image', 'paragraph']); assert.equal(w.words()[0], 'The first paragraph. Still typing.'); assert.equal(w.api.fields.body.content[1].attrs.alt, 'A storm');
  await w.page.getByRole('button', { name: /Describe the image/ }).click(); await w.page.getByLabel('Caption').fill('Off the coast'); await w.page.getByRole('button', { name: 'Done' }).click(); await w.saved(); assert.equal(w.api.fields.body.content[1].attrs.caption, 'Off the coast');
  // Somebody else writes above the image, and the dialog is closed with a key.
  await w.page.getByRole('button', { name: /Describe the image/ }).click(); await w.page.getByLabel('Caption').fill('Far off the coast'); const { content, ...root } = w.api.fields.body; w.api.ada({ body: { ...root, content: [...bodyOf('Above.').content.map((block) => ({ ...block, attrs: { id: 'above' } })), ...content] } });
  await w.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))); await w.text.getByText('Above.').waitFor(); await w.page.keyboard.press('Escape'); await w.saved(); await w.when(() => w.api.fields.body.content[2].attrs.caption === 'Far off the coast');
  w.api.refuseUpload = true; await w.files('drop', ['note.png']); await w.page.locator('.uploading', { hasText: 'note.png: The file is not an image.' }).waitFor(); await w.page.getByRole('button', { name: 'Remove', exact: true }).click(); assert.equal(await w.page.locator('.uploading').count(), 0);
  await w.close();
});

test('images, articles, tools, videos and links are found in dialogs', async () => {
  const w = await open(blank);
  const put = async (name) => { await w.page.getByRole('toolbar').getByRole('button', { name, exact: true }).click(); };
  await w.text.click(); await w.page.keyboard.type('Text'); await w.page.keyboard.press('Enter');
  await put('Image'); await w.page.getByRole('button', { name: /A storm/ }).click(); await w.page.locator('.ProseMirror figure').waitFor();
  await put('Article or tool'); await w.page.getByRole('searchbox').fill('disk'); await w.page.getByRole('button', { name: /The disk said yes/ }).click(); await w.page.locator('.embed', { hasText: 'The disk said yes' }).waitFor();
  await put('Article or tool'); await w.page.getByRole('searchbox').fill('quil'); await w.page.getByRole('button', { name: /Quillon/ }).click(); await w.page.locator('.embed', { hasText: 'Tool' }).waitFor();
  await put('Video or post'); await w.page.getByLabel('Address of the page').fill('http://nope'); await w.page.getByRole('button', { name: 'Insert' }).click(); await w.page.locator('#external-problem', { hasText: 'https://' }).waitFor(); await w.page.getByLabel('Address of the page').fill('https://www.youtube.com/watch?v=1'); await w.page.locator('#external-name').fill('A talk'); await w.page.getByRole('button', { name: 'Insert' }).click(); await w.page.locator('.embed', { hasText: 'A talk' }).waitFor();
  await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); await w.page.keyboard.press('Control+k'); await w.page.locator('#link-address').fill('disk'); await w.page.getByRole('button', { name: /The disk said yes/ }).click(); await w.page.locator('.ProseMirror a').waitFor(); await w.saved();
  const body = w.api.fields.body; assert.deepEqual(types(body).filter((type) => type !== 'paragraph'), ['image', 'embed', 'embed', 'externalEmbed'], JSON.stringify(types(body))); assert.equal(body.content[0].content[0].marks[0].attrs.href, 'https://news.example/articles/the-disk-said-yes');
  await w.page.locator('.ProseMirror a').click(); await w.page.getByRole('button', { name: 'Remove the link' }).click(); await w.saved(); assert.equal(w.api.fields.body.content[0].content[0].marks, undefined);
  await w.close();
});

test('an article can be linked if the reader site is on the same server', async () => {
  const w = await open({ settings: { siteUrl: '/' } });
  await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); await w.page.keyboard.press('Control+k'); await w.page.locator('#link-address').fill('disk'); await w.page.getByRole('button', { name: /The disk said yes/ }).click(); await w.page.locator('.ProseMirror a').waitFor(); await w.saved();
  assert.equal(w.api.fields.body.content[0].content[0].marks[0].attrs.href, `${w.server.url}/articles/the-disk-said-yes`);
  await w.close();
});

test('an embedded article that is not public has its title, and one that is gone says so', async () => {
  const embed = (id, letter) => ({ type: 'embed', attrs: { id, kind: 'article', target: `art_${letter.repeat(32)}` } });
  const w = await open({ body: { type: 'doc', attrs: { schemaVersion: 1 }, content: [embed('e1', 'd'), embed('e2', 'f')] } });
  await w.page.locator('.embed', { hasText: 'A draft of ours' }).waitFor(); await w.page.locator('.embed', { hasText: 'An article that you cannot see' }).waitFor(); assert.equal(w.api.version, 1);
  await w.close();
});

test('parts that this version does not know are shown and kept', async () => {
  const body = { type: 'doc', attrs: { schemaVersion: 1 }, content: [...bodyOf('Text').content, { type: 'timeline', attrs: { id: 't', from: 1990 } }] };
  const w = await open({ body });
  await w.page.locator('.unknown', { hasText: 'needs a newer version' }).waitFor(); await w.end(); await w.page.keyboard.type(' more'); await w.saved(); assert.deepEqual(w.api.fields.body.content[1], body.content[1]); assert.equal(w.words()[0], 'Text more');
  await w.close();
});

test('a full storage is said, with a way out', async () => {
  const w = await open();
  await w.page.evaluate(() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }); w.api.isDown = true; await w.end(); await w.page.keyboard.type(' Full.'); await w.until('offline');
  assert.equal(await w.page.locator('.save').textContent(), 'Not saved, and not kept on this device'); await message(w, 'This device cannot keep your text'); await w.page.getByRole('button', { name: 'Copy the text' }).click(); await message(w, 'on the clipboard'); assert.match(await w.page.evaluate(() => navigator.clipboard.readText()), /A linker in four hundred lines[^]*The first paragraph\. Full\./);
  w.api.isDown = false; await w.page.getByRole('button', { name: 'Try now' }).click(); await w.until('saved'); assert.match(w.words()[0], /Full/);
  await w.close();
});

test('a link that is no address is refused with a way out', async () => {
  const w = await open();
  await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); await w.page.keyboard.press('Control+k'); await w.page.locator('#link-address').fill('javascript:alert(1)'); await w.page.getByRole('button', { name: 'Add the link' }).click(); await w.page.locator('#link-problem', { hasText: 'Enter a web address' }).waitFor();
  await w.page.locator('#link-address').fill('example.org/a'); await w.page.getByRole('button', { name: 'Add the link' }).click(); await w.page.locator('.ProseMirror a[href="https://example.org/a"]').waitFor(); assert.ok(await w.page.evaluate(() => document.activeElement.classList.contains('ProseMirror')));
  await w.close();
});

test('tables have header rows, and the tab key goes through them', async () => {
  const w = await open(blank);
  await w.text.click(); await w.page.keyboard.type('/tab'); await w.page.keyboard.press('Enter');
  for (const cell of ['A', 'B', 'C', '1', '2', '3', '4', '5', '6']) { await w.page.keyboard.type(cell); await w.page.keyboard.press('Tab'); }
  await w.page.keyboard.type('7'); await w.page.getByRole('button', { name: 'Column after' }).click(); await w.page.getByRole('button', { name: 'Header column' }).click(); await w.saved();
  const table = w.api.fields.body.content.find(({ type }) => type === 'table'); const grid = table.content.map(({ content }) => content.map(({ type, content: [inner] }) => (type === 'tableHeader' ? '#' : '') + (inner.content?.[0]?.text ?? '')).join(' | ')); assert.deepEqual(grid, ['#A | # | #B | #C', '#1 |  | 2 | 3', '#4 |  | 5 | 6', '#7 |  |  | ']);
  assert.doesNotMatch(JSON.stringify(table), /colwidth/);
  await w.close();
});

test('columns are aligned, and new rows are aligned like the others', async () => {
  const w = await open(blank);
  const button = (name) => w.page.getByRole('button', { name, exact: true });
  const aligned = async () => (await w.saved(), w.api.fields.body.content.find(({ type }) => type === 'table').content.map(({ content }) => content.map(({ attrs }) => attrs.align ?? '-').join(' ')));
  await w.text.click(); await w.page.keyboard.type('/tab'); await w.page.keyboard.press('Enter'); await w.page.keyboard.type('A');
  await button('Align centre').click(); await w.page.keyboard.press('Tab'); await button('Align right').click(); await button('Row below').click();
  assert.deepEqual(await aligned(), ['center right -', 'center right -', 'center right -', 'center right -']);
  assert.equal(await w.page.locator('.ProseMirror th').nth(1).evaluate((cell) => getComputedStyle(cell.querySelector('p')).textAlign), 'right');
  await button('Align right').click();
  for (let i = 0; i < 11; i++) await w.page.keyboard.press('Tab');
  await w.page.keyboard.type('9');
  assert.deepEqual(await aligned(), ['center - -', 'center - -', 'center - -', 'center - -', 'center - -']);
  await w.close();
});

test('callouts have a kind, and code has a language', async () => {
  const w = await open(blank);
  await w.text.click(); await w.page.keyboard.type('/call'); await w.page.keyboard.press('Enter'); await w.page.keyboard.type('Careful'); await w.page.getByLabel('Kind of callout').selectOption('warning'); await w.saved(); assert.equal(w.api.fields.body.content[0].attrs.tone, 'warning');
  await w.page.locator('.callout p').click(); await w.page.keyboard.press('End'); await w.page.keyboard.press('Enter'); await w.page.keyboard.press('Enter'); await w.page.keyboard.press('Control+Alt+c'); await w.page.keyboard.type('x'); await w.page.getByLabel('Language', { exact: true }).fill('rust'); await w.page.getByLabel('Language', { exact: true }).press('Enter'); await w.saved(); assert.equal(w.api.fields.body.content.at(-1).attrs.language ?? w.api.fields.body.content.at(-2).attrs.language, 'rust', JSON.stringify(w.api.fields.body));
  await w.close();
});

test('find and replace changes every place in one step', async () => {
  const w = await open({ body: bodyOf('One paragraph and a Paragraph.', 'No paragraphs.') });
  await w.end(); await w.page.keyboard.press('Control+f'); await w.page.getByLabel('Find', { exact: true }).fill('paragraph'); await w.page.locator('.find-bar', { hasText: '3 found' }).waitFor(); await w.page.getByLabel('Find', { exact: true }).press('Enter'); await w.page.locator('.find-bar', { hasText: 'of 3' }).waitFor();
  await w.page.getByLabel('Match case').check(); await w.page.locator('.find-bar', { hasText: '2 found' }).waitFor(); await w.page.getByLabel('Replace with').fill('block'); await w.page.getByRole('button', { name: 'Replace all' }).click(); await w.saved(); assert.deepEqual(w.words(), ['One block and a Paragraph.', 'No blocks.']);
  await w.page.getByLabel('Find', { exact: true }).press('Escape'); await w.frames(); await w.page.keyboard.press('Control+z'); await w.when(() => w.words()[1] === 'No paragraphs.'); assert.deepEqual(w.words(), ['One paragraph and a Paragraph.', 'No paragraphs.']); assert.equal(await w.page.locator('.found').count(), 0);
  await w.close();
});

test('a word is replaced once, even if the new word contains it, and the next place after the last is the first', async () => {
  const w = await open({ body: bodyOf('A cat and a cat.', 'The end.') });
  await w.end(1); await w.page.keyboard.press('Control+f'); await w.page.getByLabel('Find', { exact: true }).fill('cat'); await w.page.getByRole('button', { name: 'Next' }).click(); await w.page.locator('.find-bar', { hasText: '1 of 2' }).waitFor();
  await w.page.getByLabel('Replace with').fill('cats'); const replace = w.page.getByRole('button', { name: 'Replace', exact: true }); await replace.click(); await w.page.locator('.find-bar', { hasText: '2 of 2' }).waitFor(); await replace.click(); await w.saved(); assert.equal(w.words()[0], 'A cats and a cats.');
  await w.close();
});

test('letters that are composed are not disturbed by a save or by others', async () => {
  const w = await open(blank); const keys = await w.context.newCDPSession(w.page);
  await w.text.click();
  await keys.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 }); await keys.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await w.when(() => w.api.fields.body !== null); await w.until('saved'); w.api.ada({ headline: 'Hers', body: { ...w.api.fields.body, content: [...w.api.fields.body.content, { type: 'paragraph', attrs: { id: 'ada' }, content: [{ type: 'text', text: 'Ada' }] }] } });
  await keys.send('Input.imeSetComposition', { text: 'にほんご', selectionStart: 4, selectionEnd: 4 }); await w.page.waitForFunction(() => document.querySelector('#field-headline').value === 'Hers');
  await keys.send('Input.insertText', { text: '日本語' }); await w.when(() => w.words()[0] === '日本語' && w.words().length === 2); await w.page.keyboard.type('. '); await w.page.keyboard.insertText('👩‍💻🇵🇹'); await w.page.keyboard.insertText('é'); await w.saved();
  assert.deepEqual(w.words(), ['日本語. 👩‍💻🇵🇹é', 'Ada']);
  // A dead key is a composition of its accent, which the next letter ends.
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Dead', code: 'BracketLeft' }); await keys.send('Input.imeSetComposition', { text: '´', selectionStart: 1, selectionEnd: 1 }); await w.until('saved');
  await keys.send('Input.insertText', { text: 'á' }); await w.saved(); assert.deepEqual(w.words(), ['日本語. 👩‍💻🇵🇹éá', 'Ada']); await w.page.keyboard.press('Backspace');
  await w.page.locator('.ProseMirror > p').first().click(); await w.page.keyboard.press('End'); await w.page.keyboard.press('Backspace'); await w.page.keyboard.press('Backspace'); await w.saved(); assert.equal(w.words()[0], '日本語. 👩‍💻');
  await w.close();
});

test('text from right to left is written from right to left', async () => {
  const w = await open({ body: bodyOf('שלום עולם'), fields: { language: 'he' } });
  assert.equal(await w.text.getAttribute('dir'), 'rtl'); assert.equal(await w.text.getAttribute('lang'), 'he'); await w.end(); await w.page.keyboard.type(' נוסף'); await w.saved(); assert.equal(w.words()[0], 'שלום עולם נוסף');
  await w.page.getByText('Search engines and language').click(); await w.page.locator('#field-language').fill('en'); await w.page.locator('.ProseMirror[lang="en"][dir="ltr"]').waitFor();
  await w.close();
});

test('details are saved field by field', async () => {
  const w = await open();
  await w.page.locator('#field-category').selectOption({ label: 'Policy' }); await w.page.locator('#field-tags').fill('ker'); await w.page.getByRole('option', { name: 'Kernels' }).waitFor(); await w.page.locator('#field-tags').press('Enter'); await w.page.locator('#field-tags').fill('link'); await w.page.locator('#field-tags').press('Enter'); await w.page.locator('#field-authors').fill('nad'); await w.page.getByRole('option', { name: 'Nadia Okafor' }).click(); await w.page.locator('#field-sourcePublishedOn').fill('2026-04-01');
  await w.page.getByRole('button', { name: 'Choose an image' }).click(); await w.page.getByRole('button', { name: /A storm/ }).click(); await w.page.getByLabel('Alternative text').fill('Waves'); await w.page.getByText('Search engines and language').click(); await w.page.getByLabel('Description', { exact: true }).fill('For search'); await w.saved();
  const { category, tags, authors, sourcePublishedOn, heroImage, seo } = w.api.fields; assert.deepEqual({ category, tags, authors, sourcePublishedOn }, { category: 'cat_1', tags: ['tag_2', 'tag_1'], authors: ['aut_1'], sourcePublishedOn: '2026-04-01' }); assert.equal(heroImage.alt, 'Waves'); assert.equal(seo.description, 'For search'); assert.equal(seo.title, null);
  await w.page.getByRole('button', { name: 'Remove Kernels' }).click(); await w.saved(); assert.deepEqual(w.api.fields.tags, ['tag_1']);
  await w.close();
});

test('the address is changed on purpose, and a bad one is explained', async () => {
  const w = await open();
  await w.page.locator('#field-slug').fill('New Slug'); await w.page.getByRole('button', { name: 'Change the address' }).click(); await w.page.locator('.slug', { hasText: 'Use lower-case letters' }).waitFor(); assert.equal(w.api.state.slug, 'a-linker');
  await w.page.locator('#field-slug').fill('new-slug'); await w.page.getByRole('button', { name: 'Change the address' }).click(); await w.page.getByRole('button', { name: 'Change the address' }).waitFor({ state: 'detached' }); assert.equal(w.api.state.slug, 'new-slug');
  await w.end(); await w.page.keyboard.type(' After.'); await w.saved(); assert.equal(await w.page.locator('.conflict').count(), 0); assert.match(w.words()[0], /After/);
  await w.close();
});

test('takes are kept until they are saved, and can be approved', async () => {
  const w = await open();
  await w.page.getByRole('tab', { name: /Panel/ }).click(); await w.page.locator('.ProseMirror > p').first().click({ clickCount: 3 }); const card = w.page.getByRole('region', { name: 'The Builder' });
  await card.getByRole('button', { name: /Refer to the selected passage/ }).click(); await card.getByLabel('Take of The Builder').fill('It works.'); await card.getByLabel('Verdict').fill('Good.'); await card.getByRole('radio', { name: 'Supportive' }).check(); await w.frames();
  const page = await w.visit().then(async (second) => (await second.close(), w.page)); await page.reload(); await page.waitForSelector('.ProseMirror'); await message(w, 'a take'); await page.getByRole('tab', { name: /Panel/ }).click(); assert.equal(await card.getByLabel('Take of The Builder').inputValue(), 'It works.'); assert.equal(w.api.takes.size, 0);
  await card.getByRole('button', { name: /Save take/ }).click(); await card.getByText('Draft', { exact: true }).waitFor(); assert.deepEqual(w.api.takes.get('per_1').anchor, { blockId: 'b0', quote: 'The first paragraph.' }); assert.equal(w.api.takes.get('per_1').stance, 'SUPPORTIVE');
  await card.getByLabel('Take of The Builder').fill('It works well.'); await card.getByRole('button', { name: /Approve/ }).click(); await card.getByText('Approved by Erin Vale').waitFor(); assert.equal(w.api.takes.get('per_1').text, 'It works well.'); await page.getByRole('tab', { name: 'Panel 1/2' }).waitFor();
  // A take that a correction made stale needs somebody, so it is not green like one that is right.
  const colour = () => card.locator('.take-status').evaluate((words) => getComputedStyle(words).color); const right = await colour(); w.api.takes.get('per_1').isStale = true; await page.reload(); await page.getByRole('tab', { name: /Panel/ }).click(); await card.getByText('Stale since a correction').waitFor(); assert.notEqual(await colour(), right);
  await w.close();
});

test('a take that is being written stays on this device when it is requested', async () => {
  const w = await open(); const card = w.page.getByRole('region', { name: 'The Builder' }); const text = card.getByLabel('Take of The Builder');
  await w.page.getByRole('tab', { name: /Panel/ }).click(); await text.fill('Half a take'); await card.getByRole('button', { name: /^Request/ }).click(); await card.getByRole('button', { name: 'Send the request' }).click(); await card.getByRole('button', { name: /^Change the request/ }).waitFor(); await w.kept('Half a take');
  await w.page.reload(); await message(w, 'a take'); await w.page.getByRole('tab', { name: /Panel/ }).click(); assert.equal(await text.inputValue(), 'Half a take');
  await w.close();
});

test('a link to a part of the editor opens that part', async () => {
  const w = await open({}, { viewport: { width: 1440, height: 500 } }); await w.page.close();
  for (const [hash, tab] of [['#panel', 'Panel'], ['#checks', 'Checks'], ['#comments', 'Comments'], ['#take-per_2', 'Panel']]) {
    const page = await w.context.newPage(); await page.goto(`${w.server.url}/studio/articles/art_1${hash}`); await page.locator('[role="tab"][aria-selected="true"]', { hasText: tab }).waitFor();
    if (hash === '#take-per_2') assert.ok(await page.locator('#take-per_2').evaluate((card) => card.getBoundingClientRect().top < innerHeight / 2));
    await page.close();
  }
  await w.close();
});

test('comments are about passages, can be answered and resolved', async () => {
  const w = await open();
  await w.page.locator('.ProseMirror > p').nth(1).click({ clickCount: 3 }); await w.page.getByRole('tab', { name: 'Comments' }).click(); await w.page.getByLabel('New comment').fill('Who says so?'); await w.page.getByRole('button', { name: 'Send' }).first().click(); const thread = w.page.getByRole('region', { name: 'Comment of Erin Vale' }); await thread.getByText('Who says so?').waitFor(); assert.equal(w.api.comments[0].blockId, 'b1');
  await thread.getByLabel('Reply').fill('Ada does.'); await thread.getByRole('button', { name: 'Send' }).click(); await thread.getByText('Ada does.').waitFor(); await thread.getByRole('button', { name: 'Show the passage' }).first().click(); await thread.getByRole('button', { name: 'Resolve' }).click(); await thread.waitFor({ state: 'detached' });
  await w.close();
});

test('what is written beside the text and not sent survives other panels, closed dialogs and a reload, and is sent once', async () => {
  const w = await open(); const tab = (name) => w.page.getByRole('tab', { name }).click(); const field = w.page.getByLabel('New comment');
  await w.page.locator('.ProseMirror > p').nth(1).click({ clickCount: 3 }); await tab('Comments'); await field.fill('Who says so?'); await w.page.getByLabel('Ask somebody').selectOption({ label: 'Ada Marsh' });
  await tab('Checks'); await tab('Comments'); assert.equal(await field.inputValue(), 'Who says so?'); await w.kept('Who says so?');
  await w.page.reload(); await message(w, 'is back: a comment.'); await w.page.getByRole('button', { name: 'Keep it' }).click(); await tab('Comments'); assert.equal(await field.inputValue(), 'Who says so?'); await w.page.locator('.composer q', { hasText: 'The second paragraph.' }).waitFor();
  // The answer is lost, so the writer sends it again.
  const { graphql } = w.api; let isLost = true;
  w.api.graphql = async (name, variables) => { const answer = await graphql(name, variables); if (name !== 'EditorAddComment' || !isLost) return answer; isLost = false; return { status: 503, body: {} }; };
  await w.page.getByRole('button', { name: 'Send' }).click(); await w.page.getByRole('alert').getByText('The server does not answer.').waitFor(); assert.equal(await field.inputValue(), 'Who says so?');
  await w.page.getByRole('button', { name: 'Send' }).first().click(); await w.page.getByRole('region', { name: 'Comment of Erin Vale' }).getByText('Who says so?').waitFor(); await w.when(async () => (await field.inputValue()) === '');
  assert.equal(w.api.comments.length, 1); assert.equal(w.api.comments[0].blockId, 'b1'); assert.deepEqual(w.api.calls.findLast(({ name }) => name === 'EditorAddComment').variables.input.mentions, ['stf_2']); await w.when(async () => (await keptTexts(w.page)) === 0);
  // A dialog closes with a key or with a click beside it.
  w.api.state.review = 'IN_REVIEW'; w.api.takes.set('per_1', { id: 'tak_1', version: 1, status: 'IN_REVIEW', number: 1, isStale: false, isOverdue: false, persona: { id: 'per_1' }, text: 'It works.', stance: 'MIXED', confidence: 50, verdict: null, anchor: null, inReplyTo: null, head: { id: 'tkr_1' } }); await w.page.reload(); await w.page.waitForSelector('.ProseMirror');
  const review = w.page.getByRole('button', { name: 'Review', exact: true }); const why = w.page.getByLabel(/say what to change/);
  await review.click(); await why.fill('Name the source.'); await w.page.keyboard.press('Escape'); await why.waitFor({ state: 'detached' }); await review.click(); assert.equal(await why.inputValue(), 'Name the source.');
  await w.page.getByRole('button', { name: 'Ask for changes' }).click(); await message(w, 'asked for changes'); await w.when(async () => (await keptTexts(w.page)) === 0);
  // A form of a take is open again, with what was written.
  await tab(/Panel/); await w.page.getByRole('button', { name: 'Ask for changes (The Builder)' }).click(); await w.page.getByLabel('What should change?').fill('Say why.'); await tab('Checks'); await tab(/Panel/); assert.equal(await w.page.getByLabel('What should change?').inputValue(), 'Say why.');
  await w.page.getByRole('button', { name: 'Cancel', exact: true }).click(); await w.when(async () => (await keptTexts(w.page)) === 0);
  await w.close();
});

test('what the server is asked shows within six frames that it waits, and stops when the answer is there', async () => {
  const w = await open(); const tab = (name) => w.page.getByRole('tab', { name }).click(); const card = w.page.getByRole('region', { name: 'The Builder' });
  w.api.revisions.push({ id: 'rev_2', number: 2, savedAt: '2026-04-01T09:30:00Z', drafter: 'Ada Marsh', isAutosave: true, label: null, restoredFrom: null, approvedBy: null });
  const { graphql } = w.api; let gate = Promise.resolve();
  w.api.graphql = async (name, variables) => (await gate, graphql(name, variables));
  /** Presses a button while no answer comes, then lets the answer come. A dialog that opens is an answer of its own. */
  const press = async (button, then) => {
    await button.waitFor(); let release; gate = new Promise((resolve) => (release = resolve));
    // A browser draws six frames in 100 ms.
    const isShown = await button.evaluate(async (one) => {
      one.click();
      for (let frame = 0; frame < 6; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (document.documentElement.matches('[data-waits], :has(dialog:modal)')) return true;
      }
      return false;
    });
    assert.ok(isShown, await button.textContent()); release(); await then();
    await w.when(() => w.page.evaluate(() => !document.documentElement.hasAttribute('data-waits')));
  };
  const button = (name, inside = w.page) => inside.getByRole('button', { name }).first();
  await tab(/Panel/); await card.getByLabel('Take of The Builder').fill('It works.'); await press(button(/Save take/, card), () => card.getByText('Draft', { exact: true }).waitFor()); await press(button(/^Approve \(/, card), () => card.getByText('Approved by Erin Vale').waitFor());
  await tab('Comments'); await w.page.getByLabel('New comment').fill('Who says so?'); const thread = w.page.getByRole('region', { name: 'Comment of Erin Vale' }); await press(button('Send'), () => thread.waitFor()); await press(button('Resolve', thread), () => thread.waitFor({ state: 'detached' }));
  await tab('History'); await press(button(/Compare revision 1/), () => w.page.locator('dialog ins').first().waitFor()); await w.page.getByRole('button', { name: 'Close' }).click(); await press(button('Restore revision 1'), () => message(w, 'Revision 1 is back'));
  await press(button(/^Publish$/), () => w.page.locator('dialog', { hasText: '1 warning to acknowledge' }).waitFor()); await w.page.getByLabel(/Publish anyway/).check(); await press(button('Publish now'), () => message(w, 'Readers see it now'));
  // A refusal ends the waiting, too.
  w.api.graphql = async (name, variables) => (await gate, name === 'EditorAddComment' ? { status: 503, body: {} } : graphql(name, variables)); await tab('Comments'); await w.page.getByLabel('New comment').fill('Once more?'); await press(button('Send'), () => w.page.getByRole('alert').getByText('The server does not answer.').waitFor());
  await w.close();
});

test('a revision can be compared, labelled and restored', async () => {
  const w = await open(); w.api.revisions.push({ id: 'rev_2', number: 2, savedAt: '2026-04-01T09:30:00Z', drafter: 'Ada Marsh', isAutosave: true, label: null, restoredFrom: null, approvedBy: null });
  await w.page.getByRole('tab', { name: 'History' }).click(); await w.page.getByRole('button', { name: /Compare revision 1/ }).click(); await w.page.locator('dialog ins', { hasText: 'New' }).waitFor(); await w.page.getByRole('button', { name: 'Close' }).click();
  await w.page.getByRole('button', { name: /Label revision 1/ }).click(); await w.page.getByLabel('Label of revision 1').fill('First idea'); await w.kept('First idea');
  await w.page.reload(); await message(w, 'had not been saved and is back: a label'); await w.page.getByRole('tab', { name: 'History' }).click(); await w.when(async () => (await w.page.getByLabel('Label of revision 1').inputValue()) === 'First idea'); await w.page.getByRole('button', { name: 'Save', exact: true }).click(); await w.page.locator('.history', { hasText: 'First idea' }).waitFor();
  await w.page.getByRole('button', { name: 'Restore revision 1' }).click(); await message(w, 'Revision 1 is back'); assert.equal(await w.page.locator('#field-headline').inputValue(), 'The restored headline'); assert.match(await w.text.textContent(), /The restored text/); await w.end(); await w.page.keyboard.type(' On.'); await w.saved(); assert.equal(w.words()[0], 'The restored text. On.');
  await w.close();
});

test('an article is published after its warnings are acknowledged', async () => {
  const w = await open();
  await w.end(); await w.page.keyboard.type(' Now.'); await w.page.getByRole('button', { name: 'Publish', exact: true }).click(); const go = w.page.getByRole('button', { name: 'Publish now' }); await w.page.locator('dialog', { hasText: '1 warning to acknowledge' }).waitFor(); assert.ok(await go.isDisabled());
  await w.page.getByLabel(/Publish anyway/).check(); await go.click(); await message(w, 'Readers see it now'); assert.equal(await w.page.locator('.message').getByRole('link', { name: 'Read it on the site' }).getAttribute('href'), 'https://news.example/articles/a-linker'); assert.equal(await w.page.locator('.bar').getByRole('link', { name: 'Read it on the site' }).getAttribute('href'), 'https://news.example/articles/a-linker'); assert.equal(await w.page.locator('.status').textContent(), 'Published'); assert.equal(w.api.state.status, 'PUBLISHED'); assert.match(w.api.live.body.content[0].content[0].text, /Now\./); assert.deepEqual(w.api.calls.find(({ name }) => name === 'EditorPublish').variables.input.acknowledge, ['CATEGORY']);
  await w.end(); await w.page.keyboard.type(' Mistake mended.'); await w.page.getByText('Published, with changes that are not public').waitFor(); assert.equal(await w.page.locator('.message', { hasText: 'Readers see it now' }).count(), 0); await w.page.getByRole('button', { name: 'Publish changes' }).click(); await w.page.getByRole('radio', { name: 'Correction' }).check(); await w.page.getByText('What changes for readers: one part').waitFor(); await w.page.locator('dialog ins', { hasText: 'Mistake mended.' }).waitFor(); await w.page.getByLabel(/Publish anyway/).check(); assert.ok(await w.page.getByRole('button', { name: 'Publish the correction' }).isDisabled()); await w.page.getByLabel(/What was wrong/).fill('The number was wrong.'); await w.page.getByRole('button', { name: 'Publish the correction' }).click(); await message(w, 'Readers see the changes'); assert.equal(w.api.calls.find(({ name }) => name === 'EditorCorrect').variables.input.note, 'The number was wrong.');
  await w.close();
});

test('a check leads to its field, and an error stops publication', async () => {
  const w = await open(); w.api.checks = [{ rule: 'BODY_ALT', severity: 'ERROR', message: 'An image has no alternative text.', path: ['body', 'b1'] }, { rule: 'SUMMARY', severity: 'WARNING', message: 'The summary is short.', path: ['summary'] }];
  await w.page.getByRole('button', { name: 'Publish', exact: true }).click(); await w.page.locator('dialog', { hasText: '1 needed' }).waitFor(); await w.page.getByLabel(/Publish anyway/).check(); assert.ok(await w.page.getByRole('button', { name: 'Publish now' }).isDisabled());
  await w.page.locator('dialog').getByRole('button', { name: /An image in the text has no alternative text/ }).click(); await w.page.locator('dialog').waitFor({ state: 'detached' }); await w.frames(); assert.equal(await w.page.evaluate(() => getSelection().anchorNode.parentElement.closest('[data-id]').dataset.id), 'b1');
  await w.page.getByRole('tab', { name: /Checks/ }).click(); await w.page.getByRole('button', { name: /The summary is short/ }).click(); await w.frames(); assert.equal(await w.page.evaluate(() => document.activeElement.id), 'field-summary');
  await w.close();
});

test('an article in the trash can be read, and an editor can take it out', async () => {
  const w = await open(); const bar = w.page.locator('.bar');
  // Somebody else puts it in the trash while this person writes. What was typed is saved all the same.
  await w.end(); await w.page.keyboard.type(' Typed before.'); w.api.state.trashedAt = '2026-04-01T12:00:00Z'; w.api.version++;
  await message(w, 'This article is in the trash.'); await w.saved(); assert.equal(w.words()[0], 'The first paragraph. Typed before.');
  assert.equal(await bar.getByRole('button', { name: /Publish|Submit/ }).count(), 0); assert.equal(await w.page.locator('.status').textContent(), 'In the trash');
  await w.text.click(); await w.page.keyboard.type('Not this.'); await w.paste('<p>Nor this.</p>', 'Nor this.'); await w.frames(); assert.equal(await w.text.textContent(), 'The first paragraph. Typed before.The second paragraph.');
  assert.equal(await w.page.getByLabel('Headline').getAttribute('readonly'), ''); assert.ok(await w.page.getByRole('combobox', { name: 'Tags' }).isDisabled());
  await w.page.getByRole('button', { name: 'Take it out of the trash' }).click(); await message(w, 'You can write again'); await w.end(1); await w.page.keyboard.type(' Again.'); await w.saved(); assert.equal(w.words()[1], 'The second paragraph. Again.'); await bar.getByRole('button', { name: 'Publish', exact: true }).waitFor();
  await w.close();
  const author = await open({ roles: ['READER', 'AUTHOR'] }); author.api.state.trashedAt = '2026-04-01T12:00:00Z'; await author.page.reload(); await message(author, 'ask an editor to take it out'); assert.equal(await author.page.getByRole('button', { name: 'Take it out of the trash' }).count(), 0);
  await author.close();
});

test('a very long word in a headline is set without kerning, which takes the browser many times as long', async () => {
  const w = await open(); const headline = w.page.locator('#field-headline'); const kerning = () => headline.evaluate((field) => getComputedStyle(field).fontKerning);
  await headline.evaluate((field) => field.addEventListener('input', () => (window.kerningAtInput = getComputedStyle(field).fontKerning), { capture: true }));
  assert.equal(await kerning(), 'auto'); await headline.fill('x'.repeat(20_000)); assert.deepEqual([await w.page.evaluate(() => window.kerningAtInput), await kerning()], ['none', 'none']);
  await headline.fill('Short'); assert.equal(await kerning(), 'auto');
  await w.close();
});

test('the address of a new article follows its headline until somebody chooses one', async () => {
  const w = await open({ fields: { headline: 'Untitled', summary: null, body: null } }); Object.assign(w.api.state, { slug: 'untitled', slugFollowsHeadline: true });
  const shown = (slug) => w.when(async () => (await w.page.locator('#field-slug').inputValue()) === slug); const hint = w.page.locator('#slug-help');
  await w.page.reload(); await w.page.waitForSelector('.ProseMirror'); assert.equal(await w.page.evaluate(() => document.activeElement.id + getSelection().toString()), 'field-headlineUntitled');
  await w.page.keyboard.type('Storm'); await shown('storm'); assert.match(await hint.textContent(), /^It follows the headline until/); assert.equal(await w.page.getByRole('button', { name: 'Change the address' }).count(), 0);
  // Somebody chooses an address while the headline is saved: the choice stays on the page.
  await w.page.locator('#field-slug').fill('my-own'); await w.page.locator('#field-headline').fill('Storm at sea'); await w.when(() => w.api.state.slug === 'storm-at-sea'); await w.page.getByRole('button', { name: 'Keep /storm-at-sea' }).waitFor(); await shown('my-own');
  await w.page.getByRole('button', { name: 'Change the address' }).click(); await w.when(() => w.api.state.slug === 'my-own'); await w.when(async () => (await hint.textContent()) === '');
  await w.page.locator('#field-headline').fill('Something else'); await w.when(() => w.api.fields.headline === 'Something else'); await w.saved();
  assert.equal(w.api.state.slug, 'my-own'); assert.equal(w.api.calls.filter(({ name }) => name === 'EditorChangeSlug').length, 1); assert.equal(await w.page.locator('.conflict').count(), 0);
  await w.close();
  const author = await open({ roles: ['READER', 'AUTHOR'], fields: { headline: 'Untitled', summary: null, body: null } }); Object.assign(author.api.state, { slug: 'untitled', slugFollowsHeadline: true });
  await author.page.reload(); await author.page.waitForSelector('.ProseMirror'); await author.page.keyboard.type('Calm'); await author.when(async () => (await author.page.locator('#field-slug').textContent()) === 'calm');
  await author.close();
});

test('checks and refusals are in the words of the screen, and lead to where they are solved', async () => {
  const id = `med_${'c'.repeat(32)}`; const hero = { media: id, alt: '', caption: '' };
  const w = await open({ fields: { heroImage: hero } }); const check = (rule, path, text) => ({ rule, severity: 'ERROR', message: text, path });
  w.api.checks = [check('IMAGE_CREDIT', ['heroImage'], 'An image has no credit. Add a credit line or a creator to its rights.'), check('HERO_ALT', ['heroImage'], 'An image has no alternative text.'), check('SOURCE_LINK', ['sourceUrl'], 'The article has no link to its source. Enter its URL in sourceUrl.'), check('SEO_TITLE', ['seo', 'title'], 'Search engines cut a title of 90 characters. Shorten it to 70, or set a shorter seo.title.'), check('SLUG', ['slug'], 'The slug ‘a’ is already in use. Choose a different slug.')];
  const checks = async () => { await w.page.getByRole('tab', { name: /Checks/ }).click(); await w.page.locator('.checks li').nth(4).waitFor(); };
  const shown = async (text) => { await checks(); await w.page.getByRole('button', { name: text }).click(); await w.frames(); return w.page.evaluate(() => document.activeElement.id); };
  await checks(); const words = await w.page.locator('.checks').innerText(); assert.match(words, /The top image has no credit\. Open it in Media/); assert.match(words, /Enter its address in “Link to the source”/); assert.match(words, /a shorter title for search engines/); assert.match(words, /The address ‘a’ is already in use/); assert.doesNotMatch(words, /sourceUrl|seo\.|slug/);
  assert.equal(await w.page.locator('.checks').getByRole('link', { name: 'Open the image in Media' }).getAttribute('href'), `/studio/media/${id}`);
  assert.equal(await shown(/no credit/), 'field-hero-media'); assert.equal(await w.page.locator('#field-hero-media').getAttribute('href'), `/studio/media/${id}`); assert.equal(await shown(/no alternative text/), 'field-hero-alt'); assert.equal(await shown(/no link to its source/), 'field-sourceUrl'); await w.page.getByLabel('Link to the source').waitFor(); assert.equal(await shown(/title for search engines/), 'field-seo-title');
  // The warnings that a person did not see before they published.
  w.api.checks = []; await w.page.getByRole('button', { name: 'Publish', exact: true }).click(); await w.page.getByText('The checks found nothing').waitFor(); const { graphql } = w.api;
  w.api.graphql = async (name, variables) => (name !== 'EditorPublish' ? graphql(name, variables) : { body: { data: { publishArticle: { article: null, errors: [{ __typename: 'WarningsNotAcknowledgedError', message: 'The article has warnings. Fix them, or pass their rules in acknowledge: CATEGORY, HERO_IMAGE.', path: [] }] } } } });
  await w.page.getByRole('button', { name: 'Publish now' }).click(); await w.page.getByText('Fix them, or tick “Publish anyway” beside each of them.').waitFor(); await w.page.keyboard.press('Escape');
  // Pictures are compared as pictures.
  w.api.comparison = { fields: [{ field: 'heroImage.media', from: null, to: `med_${'e'.repeat(32)}`, parts: [{ change: 'ADDED', text: `med_${'e'.repeat(32)}` }] }, { field: 'heroImage.alt', from: null, to: 'A kite', parts: [{ change: 'ADDED', text: 'A kite' }] }], blocks: [] };
  w.api.revisions.push({ id: 'rev_2', number: 2, savedAt: '2026-04-01T09:30:00Z', drafter: 'Ada Marsh', isAutosave: true, label: null, restoredFrom: null, approvedBy: null }); await w.page.getByRole('tab', { name: 'History' }).click(); await w.page.getByRole('button', { name: /Compare revision 1/ }).click();
  const dialog = w.page.locator('dialog'); await dialog.locator(`img[src="/i/med_${'e'.repeat(32)}"]`).waitFor(); assert.match(await dialog.innerText(), /Top image[^]*Before[^]*No image[^]*After[^]*Alternative text of the top image[^]*A kite/); assert.doesNotMatch(await dialog.innerText(), /med_|heroImage/);
  await w.close();
});

test('a tag that does not exist can be made here by an editor, and an author hears whom to ask', async () => {
  const w = await open(); const tags = w.page.getByRole('combobox', { name: 'Tags' });
  await tags.fill('Storms'); await w.page.getByRole('button', { name: 'Create the tag “Storms”' }).click(); await w.page.locator('.chip', { hasText: 'Storms' }).waitFor(); await w.when(() => w.api.fields.tags.length === 1); assert.deepEqual(w.api.calls.find(({ name }) => name === 'EditorCreateTag').variables.input.name, 'Storms'); await w.close();
  const author = await open({ roles: ['READER', 'AUTHOR'] }); await author.page.getByRole('combobox', { name: 'Tags' }).fill('Storms'); await author.page.getByText('Ask an editor to add it.').waitFor(); assert.equal(await author.page.getByRole('button', { name: /Create the tag/ }).count(), 0); await author.close();
});

test('an @ in a comment offers the people who can be asked', async () => {
  const w = await open(); await w.page.getByRole('tab', { name: 'Comments' }).click(); const field = w.page.getByLabel('New comment'); await field.click(); await w.page.keyboard.type('Is it so, @ma');
  await w.page.getByRole('button', { name: 'Ask Ada Marsh' }).click(); assert.equal(await field.inputValue(), 'Is it so, @Ada Marsh'); await w.page.getByRole('button', { name: 'Send' }).click(); await w.page.getByText('Is it so, @Ada Marsh').waitFor(); assert.deepEqual(w.api.calls.find(({ name }) => name === 'EditorAddComment').variables.input.mentions, ['stf_2']);
  await w.close();
});

test('emphasis and links that are typed or pasted as Markdown, down to one letter', async () => {
  const w = await open(blank); await w.text.click(); await w.page.keyboard.type('Say **b** and __u__ and _i_ and [the list](https://lists.example/x) now'); await w.saved();
  const marked = () => w.api.fields.body.content[0].content.map(({ text, marks }) => [text, ...(marks ?? []).map(({ type, attrs }) => attrs?.href ?? type)]);
  assert.deepEqual(marked(), [['Say '], ['b', 'bold'], [' and '], ['u', 'bold'], [' and '], ['i', 'italic'], [' and '], ['the list', 'https://lists.example/x'], [' now']]);
  await w.press('Control+a'); await w.paste('', 'Say **b** and __u__ and ***x*** and snake__case__name\n'); await w.saved(); assert.deepEqual(marked(), [['Say '], ['b', 'bold'], [' and '], ['u', 'bold'], [' and '], ['x', 'bold', 'italic'], [' and snake__case__name']]);
  await w.close();
});

test('a schedule explains what the clocks do, and can be cancelled', async () => {
  const w = await open({ fields: { category: 'cat_1' } }, { timezoneId: 'Asia/Tokyo' }); const set = (local) => w.page.getByLabel(/Day and time/).fill(local);
  await w.page.getByRole('button', { name: 'Publish', exact: true }).click(); await w.page.getByRole('radio', { name: 'At a time' }).check();
  await set('2027-03-28T01:30'); await w.page.getByText(/02:30.*The clocks go forward.*For you, that is .*28 March 2027.* 10:30/).waitFor(); await set('2027-10-31T01:30'); await w.page.getByText(/happens twice/).waitFor(); await set('2020-01-01T10:00'); await w.page.getByText('This time has passed').waitFor(); assert.ok(await w.page.getByRole('button', { name: 'Schedule' }).isDisabled());
  await set('2099-06-01T09:00'); await w.page.getByRole('button', { name: 'Schedule' }).click(); await message(w, 'Scheduled for'); assert.equal(w.api.calls.find(({ name }) => name === 'EditorSchedule').variables.input.atLocal, '2099-06-01T09:00:00'); await w.page.locator('.status', { hasText: 'Scheduled' }).waitFor();
  await w.page.getByRole('button', { name: 'Publish', exact: true }).click(); await w.page.getByRole('button', { name: 'Cancel the schedule' }).click(); await w.page.getByRole('button', { name: 'Cancel the schedule' }).waitFor({ state: 'detached' }); await w.page.getByRole('radio', { name: 'Embargo' }).check(); await w.page.getByLabel(/Nobody can publish before/).fill('2099-06-01T09:00'); await w.page.getByRole('button', { name: 'Set the embargo' }).click(); await message(w, 'Under embargo until'); await w.page.locator('.status', { hasText: 'Embargo until' }).waitFor();
  await w.close();
});

test('an author submits, and an editor approves or asks for changes', async () => {
  const w = await open({ roles: ['READER', 'AUTHOR'] }); assert.equal(await w.page.getByRole('button', { name: 'Publish', exact: true }).count(), 0);
  await w.end(); await w.page.keyboard.type(' Ready.'); await w.page.getByRole('button', { name: 'Submit' }).click(); await w.page.getByLabel('Who should read it').selectOption({ label: 'Ada Marsh' }); await w.page.locator('dialog').getByRole('button', { name: 'Submit' }).click(); await message(w, 'Submitted for review'); assert.match(w.words()[0], /Ready/); await w.page.locator('.review', { hasText: 'In review' }).waitFor(); await w.close();
  const e = await open(); e.api.state.review = 'IN_REVIEW'; await e.page.reload(); await e.page.waitForSelector('.ProseMirror'); await e.page.getByRole('button', { name: 'Review', exact: true }).click(); await e.page.getByLabel(/say what to change/).fill('Name the source.'); await e.page.getByRole('button', { name: 'Ask for changes' }).click(); await message(e, 'asked for changes'); assert.equal(e.api.calls.find(({ name }) => name === 'EditorRequestChanges').variables.input.comment, 'Name the source.'); await e.close();
});

test('without a reader site on the server, the preview is a link with what was typed last', async () => {
  const w = await open(); await w.end(); await w.page.keyboard.type(' Look.'); await w.page.getByRole('tab', { name: 'Preview' }).click(); await w.page.getByText('This server shows no reader site').waitFor(); await w.page.getByRole('button', { name: 'Make a preview link' }).click(); await w.page.getByRole('link', { name: 'Open the preview' }).waitFor(); assert.match(w.words()[0], /Look/); assert.equal(await w.page.getByRole('link', { name: 'Open the preview' }).getAttribute('href'), 'https://news.example/preview/1'); await w.close();
});

for (const [name, viewport] of [['a desk', { width: 1440, height: 900 }], ['a phone', { width: 390, height: 844 }]]) {
  test(`axe finds nothing on ${name} in any state, light and dark`, async () => {
    const w = await open({ body: { type: 'doc', attrs: { schemaVersion: 1 }, content: [...bodyOf('Text with words.').content, { type: 'heading', attrs: { id: 'h', level: 2 }, content: [{ type: 'text', text: 'Heading' }] }, { type: 'codeBlock', attrs: { id: 'k', language: 'js' }, content: [{ type: 'text', text: 'const longLine = true; '.repeat(12) }] }, { type: 'image', attrs: { id: 'i', mediaId: `med_${'c'.repeat(32)}`, alt: '' } }, { type: 'callout', attrs: { id: 'c', tone: 'warning' }, content: bodyOf('Careful').content.map((one) => ({ ...one, attrs: { id: 'c1' } })) }] } }, { viewport, bypassCSP: true });
    const { page, api } = w; const isPhone = viewport.width < 1_000; const button = (label) => page.getByRole('button', { name: label, exact: true }).first();
    const check = async (state, one = page) => {
      await one.evaluate((source) => { if (!window.axe) (0, eval)(window.trustedTypes ? window.trustedTypes.createPolicy('axe', { createScript: (text) => text }).createScript(source) : source); }, axe);
      // Only contrast depends on the colours.
      for (const [colorScheme, rules] of [['light', {}], ['dark', { runOnly: ['color-contrast'] }]]) {
        await one.emulateMedia({ colorScheme });
        const { violations } = await one.evaluate((rules) => window.axe.run(document.querySelector('#editor'), rules), rules);
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(' | ')}`), [], `${state}, ${colorScheme}`);
      }
      assert.equal(await one.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${state} is too wide`);
    };
    const dialog = async (state, show) => { await show(); await page.locator('dialog').waitFor(); await w.frames(); await check(state); await page.keyboard.press('Escape'); await page.locator('dialog').waitFor({ state: 'detached' }); };
    await check('the text');
    api.revisions.push({ id: 'rev_2', number: 2, savedAt: '2026-04-01T09:30:00Z', drafter: 'Ada Marsh', isAutosave: true, label: 'First idea', restoredFrom: 1, approvedBy: 'Ada Marsh' });
    api.comments.push({ id: 'com_0', text: 'Who says so?', author: 'Ada Marsh', createdAt: '2026-04-01T10:00:00Z', isMine: false, deletedAt: null, blockId: 'b0', isBlockGone: true, takeId: null, threadId: null, resolvedAt: null, resolvedBy: null, mentions: [], replies: [] });
    for (const tab of ['Panel', 'Checks', 'Comments', 'History', 'Preview', 'Details']) { await page.getByRole('tab', { name: new RegExp(tab) }).click(); await w.frames(); await check(tab); if (tab === 'History') await dialog('a comparison', () => page.getByRole('button', { name: /Compare revision 1/ }).click()); if (isPhone) await page.keyboard.press('Escape'); }
    // On a phone the other dialogs look the same.
    for (const [label, state] of [['Publish', 'warnings'], ['Image', 'the library'], ...(isPhone ? [] : [['Submit', 'a review'], ['Link', 'a link'], ['Article or tool', 'an embed'], ['Video or post', 'a video']])]) await dialog(state, () => button(label).click());
    await dialog('the description of an image', () => page.getByRole('button', { name: /Describe the image/ }).click());
    api.checks = [{ rule: 'BODY_ALT', severity: 'ERROR', message: 'An image has no alternative text.', path: ['body', 'i'] }]; await dialog('errors', () => button('Publish').click());
    api.delay = 1_000; await dialog('a dialog that waits', () => button('Publish').click()); api.delay = 0; await w.until('saved');
    await w.end(); await page.keyboard.press('Control+f'); await check('find'); await page.keyboard.press('Escape'); await w.end(); await page.keyboard.press('Enter'); await page.keyboard.type('/'); await page.locator('#slash-menu').waitFor(); await check('slash menu'); await page.keyboard.press('Escape'); await page.keyboard.press('Backspace'); await w.saved();
    api.ada({ summary: 'Hers' }); await page.locator('#field-summary').fill('Mine'); await w.until('conflict'); await check('conflict'); await page.getByRole('button', { name: /^Edit/ }).click(); await check('an edited conflict'); await page.getByRole('button', { name: /Keep mine/ }).click(); await w.until('saved');
    api.refuse = ({ summary }) => (summary === 'No' ? { __typename: 'SummaryTooLongError', message: 'Shorten it.', path: ['summary'] } : null); await page.locator('#field-summary').fill('No'); await w.until('refused'); await check('a refused field'); api.refuse = null; await page.locator('#field-summary').fill('Yes'); await w.until('saved');
    api.isSignedOut = true; await page.locator('#field-summary').fill('Signed out'); await w.until('signedOut'); await check('signed out'); api.isSignedOut = false; const popup = w.context.waitForEvent('page'); await button('Sign in and go on').click(); await popup; await w.until('saved');
    const second = await w.visit(); await w.until('elsewhere', second); await check('another tab', second); await second.close();
    api.isDown = true; await page.locator('#field-summary').fill('Offline'); await w.until('offline'); await check('offline'); await w.kept('Offline');
    // No save arrives, not even the last one of a page that is closing.
    Object.assign(api, { isDown: false, losesSaves: true }); await page.close();
    api.presence = [{ name: 'Ada Marsh', since: '2026-04-01T10:00:00Z', isMe: false, isHolder: true }]; Object.assign(api.state, { status: 'PUBLISHED', publishedEdition: 1, review: 'IN_REVIEW' }); api.live = structuredClone(api.fields);
    const back = await w.visit(); await back.locator('.message', { hasText: 'is back' }).waitFor(); await check('text that is back', back); api.losesSaves = false; await back.getByRole('button', { name: 'Publish changes' }).click(); await back.getByRole('radio', { name: 'Correction' }).check(); await back.getByText(/What changes for readers/).waitFor(); await check('a correction', back);
    Object.assign(api.state, { status: 'DRAFT', publishedEdition: null, trashedAt: '2026-04-01T12:00:00Z' }); await back.reload(); await back.getByText('This article is in the trash.').waitFor(); await check('the trash', back);
    await w.close();
  });
}

test('a chosen colour scheme is that of the editor too', async () => {
  const w = await open({}, { colorScheme: 'light' });
  const ground = () => w.page.evaluate(() => getComputedStyle(document.querySelector('.editor')).backgroundColor);
  const light = await ground();
  await w.page.evaluate(() => localStorage.setItem('studio-theme', 'dark')); await w.page.reload(); await w.page.waitForSelector('.ProseMirror');
  const dark = await ground(); assert.notEqual(dark, light);
  await w.page.evaluate(() => localStorage.removeItem('studio-theme')); await w.page.emulateMedia({ colorScheme: 'dark' }); await w.page.reload(); await w.page.waitForSelector('.ProseMirror');
  assert.equal(await ground(), dark);
  await w.close();
});

test('on a phone the panels are sheets, and the toolbar can be reached', async () => {
  const w = await open({}, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  assert.equal(await w.page.locator('.tabpanel').isVisible(), false); await w.page.getByRole('tab', { name: /Details/ }).tap(); await w.page.locator('.tabpanel').waitFor(); assert.equal(await w.page.locator('.save').isVisible(), true); await w.page.getByRole('tab', { name: /Details/ }).tap(); assert.equal(await w.page.locator('.tabpanel').isVisible(), false);
  for (const button of await w.page.locator('.bar button:visible, .commands button, .tablist button').all()) { const box = await button.boundingBox(); assert.ok(box.height >= 40 && box.width >= 40, await button.textContent()); }
  await w.close();
});

test('the editor fits its budget: 450 kB over the network, counted with gzip', () => {
  const folder = new URL('../../../src/Cms.Studio/Assets/', import.meta.url); let bytes = 0;
  for (const part of ['editor/', 'vendor/']) for (const file of readdirSync(new URL(part, folder)).filter((name) => /\.(js|css)$/.test(name))) bytes += gzipSync(readFileSync(new URL(part + file, folder)), { level: 6 }).length;
  assert.ok(bytes < 250_000, `${bytes} bytes`);
});

test('a key changes as little of the page in 6,000 words as in two paragraphs', async () => {
  const paragraph = 'Nadia Okafor wrote a linker over a long weekend and it links a kernel but not a browser as she says herself. '.repeat(3).trim();
  const typed = ' and some more words';
  /** How much each key changes in the text and in its tools. The server is down, so that nothing is saved meanwhile. */
  const changes = async (body) => {
    const w = await open({ body });
    w.api.isDown = true;
    await w.end(1);
    await w.page.keyboard.type('x');
    await w.until('offline');
    const counts = [];
    await w.page.evaluate(() => {
      window.seen = 0;
      const observer = new MutationObserver((list) => (window.seen += list.length));
      for (const part of document.querySelectorAll('.surface, .toolbar')) observer.observe(part, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    for (const key of typed) {
      await w.page.evaluate(() => (window.seen = 0));
      await w.page.keyboard.type(key);
      await w.frames();
      counts.push(await w.page.evaluate(() => window.seen));
    }
    await w.close();
    return counts;
  };
  const short = await changes(bodyOf(paragraph, paragraph));
  const long = await changes(bodyOf(...Array.from({ length: 100 }, () => paragraph)));
  assert.ok(Math.max(...short) > 0);
  assert.deepEqual(long, short);
});
