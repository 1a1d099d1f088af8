// The preview beside the text, what editors do with takes, the palette and the shortcuts, in a browser.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { commandKeys } from '../../../src/Cms.Studio/Assets/keys.js';
import { fakeApi } from './fake-api.mjs';
import { serve } from './harness.mjs';

const path = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => existsSync(one));
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
let browser;
const servers = new Set();
before(async () => { browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] }); });
after(async () => {
  await browser.close();
  for (const server of servers) await server.close();
});

/** A page of the Studio in one browser. Anything that the content security policy or Trusted Types block fails the test. */
async function open(options = {}, { at = '/studio/articles/art_1', ...look } = {}) {
  const api = fakeApi(options);
  const server = await serve(api);
  servers.add(server);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...look });
  context.setDefaultTimeout(8_000);
  const faults = [];
  const page = await context.newPage();
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|violates|Refused to/i.test(message.text())) faults.push(message.text());
  });
  const w = {
    api, context, page, faults, url: server.url,
    when: async (check, words = 'It never became true.') => {
      for (let i = 0; i < 1_000; i++) {
        if (await check()) return;
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      }
      assert.fail(words);
    },
    /** Presses a key that moves the selection, and waits until the editor knows of it, as hands do. */
    press: async (key) => {
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    },
    calls: (name) => api.calls.filter((call) => call.name === name).map(({ variables }) => variables),
    check: async (state) => {
      await page.evaluate((source) => { if (!window.axe) (0, eval)(window.trustedTypes ? window.trustedTypes.createPolicy('axe', { createScript: (text) => text }).createScript(source) : source); }, axe);
      const found = await page.evaluate(() => window.axe.run(document, { iframes: false, rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false } } }));
      assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(' | ')}`), [], state);
    },
    close: async () => {
      await context.close();
      await server.close();
      servers.delete(server);
      assert.deepEqual(faults, []);
    },
  };
  // The page of the reader site: the text, in the middle of a long page, with a script that must not run.
  api.preview = () => `<!doctype html><html lang="en"><head><title>Preview</title></head><body data-preview="draft"><main><h1>${api.fields.headline}</h1><p><a href="/studio/articles">Away</a></p>
    ${'<p>Line</p>'.repeat(200)}<p id="text">${JSON.stringify(api.fields.body)}</p>${'<p>Line</p>'.repeat(200)}<script>parent.hacked = 1</script></main></body></html>`;
  await page.goto(server.url + at);
  if (at.endsWith('art_1')) await page.waitForSelector('.ProseMirror');
  return w;
}
const previewed = { settings: { previewUrl: '/preview/draft/art_1' } };
const text = (page) => page.evaluate(() => document.querySelector('.stage iframe:not(.is-next)')?.contentDocument?.body?.textContent ?? '');
const scrolled = (page, to) => page.evaluate((y) => {
  const view = document.querySelector('.stage iframe:not(.is-next)').contentWindow;
  if (y !== undefined) view.scrollTo(0, y);
  return view.scrollY;
}, to);
const behind = (page, words) => page.locator('.preview-behind', { hasText: words }).waitFor();

test('the preview shows what was typed within a second, stays where it was scrolled, and runs no scripts', async () => {
  const w = await open(previewed);
  await w.page.getByRole('button', { name: 'Preview', exact: true }).click();
  await w.when(async () => (await text(w.page)).includes('The first paragraph.'));
  await scrolled(w.page, 640);
  await w.page.locator('.ProseMirror > *').first().click();
  await w.page.keyboard.press('End');
  const times = [];
  for (const word of ['One', 'Two', 'Three']) {
    await w.page.keyboard.type(` ${word}.`);
    const typed = performance.now();
    await w.when(async () => (await text(w.page)).includes(`${word}.`));
    times.push(performance.now() - typed);
  }
  console.log(`the preview followed after ${times.map((time) => Math.round(time)).join(', ')} ms`);
  assert.ok(Math.min(...times) < 1_000, times.join());
  assert.equal(await scrolled(w.page), 640);
  assert.equal(await w.page.evaluate(() => document.activeElement.classList.contains('ProseMirror')), true, 'the text keeps the focus');
  // Somebody else changes the article.
  w.api.ada({ headline: 'A headline of Ada' });
  w.api.tell();
  await w.when(async () => (await text(w.page)).includes('A headline of Ada'));
  assert.equal(await w.page.evaluate(() => window.hacked), undefined);
  assert.equal(await w.page.locator('.stage iframe').first().getAttribute('sandbox'), 'allow-same-origin');
  // The whole width of a desktop fits into the pane, and a phone is shown as wide as it is.
  const wide = () => w.page.evaluate(() => [document.querySelector('.stage iframe').contentWindow.innerWidth, document.querySelector('.stage iframe').getBoundingClientRect().width <= document.querySelector('.stage').clientWidth + 1]);
  assert.deepEqual(await wide(), [1_280, true]);
  await w.page.getByRole('radio', { name: 'Phone' }).check();
  await w.when(async () => (await wide())[0] === 390);
  // Other panels can be shown meanwhile, and the preview comes back at the same place.
  await w.page.getByRole('radio', { name: 'Desktop' }).check();
  await w.when(async () => (await wide())[0] === 1_280);
  await scrolled(w.page, 500);
  await w.page.getByRole('tab', { name: 'Comments' }).click();
  await w.when(() => w.api.streams.size === 0, 'the subscription ends');
  await w.page.getByRole('tab', { name: 'Preview' }).click();
  await w.when(async () => (await text(w.page)) !== '' && (await scrolled(w.page)) === 500);
  // A link leads out of the preview, into a tab of its own.
  const [tab] = await Promise.all([w.context.waitForEvent('page'), w.page.evaluate(() => document.querySelector('.stage iframe').contentDocument.querySelector('a').click())]);
  await tab.waitForURL('**/studio/articles');
  assert.match(await text(w.page), /A headline of Ada/);
  await w.close();
});

test('a preview that is behind says why, and catches up', async () => {
  const w = await open(previewed);
  await w.page.getByRole('tab', { name: 'Preview' }).click();
  await w.when(async () => (await text(w.page)).includes('The first paragraph.'));
  w.api.isDown = true;
  await w.page.locator('#field-summary').fill('A new summary.');
  await behind(w.page, 'Behind: the server does not answer.');
  assert.match(await text(w.page), /The first paragraph\./, 'the last preview stays');
  w.api.isDown = false;
  await w.page.getByRole('button', { name: 'Try now' }).click();
  await w.when(async () => (await w.page.locator('.preview-behind').textContent()) === '');
  w.api.ada({ summary: 'Summary of Ada.' });
  await w.page.locator('#field-summary').fill('My summary.');
  await behind(w.page, 'Behind: decide between both versions first.');
  await w.page.getByRole('button', { name: /Keep mine/ }).click();
  await w.when(async () => (await w.page.locator('.preview-behind').textContent()) === '');
  w.api.refuse = () => ({ __typename: 'TextTooLongError', message: 'The summary is too long.', path: ['summary'] });
  await w.page.locator('#field-summary').fill('Too long.');
  await behind(w.page, 'Behind: a field is not saved.');
  w.api.refuse = null;
  await w.page.locator('#field-summary').fill('Shorter.');
  await w.when(async () => (await w.page.locator('.preview-behind').textContent()) === '');
  // The site does not show the page.
  const page = w.api.preview;
  w.api.preview = () => null;
  w.api.tell();
  await behind(w.page, 'The preview could not be loaded.');
  assert.match(await text(w.page), /The first paragraph\./);
  w.api.preview = page;
  await w.page.getByRole('button', { name: 'Try again' }).click();
  await w.when(async () => (await w.page.locator('.preview-behind').textContent()) === '');
  w.api.isSignedOut = true;
  await w.page.locator('#field-summary').fill('Signed out.');
  await behind(w.page, 'Behind: you are signed out.');
  await w.context.close();
  // The browser says that it did not show the page that forbids it; everything else would be a fault.
  assert.deepEqual(w.faults.filter((fault) => !/frame-ancestors/.test(fault)), []);
});

for (const [name, look] of [['a phone in light colours', { viewport: { width: 360, height: 780 } }], ['a desk in dark colours', { colorScheme: 'dark' }]]) {
  test(`the preview, the panel, the palette and the shortcuts fit ${name}`, async () => {
    const w = await open(previewed, { ...look, bypassCSP: true });
    w.api.takes.set('per_1', takeOf('per_1', { status: 'APPROVED', text: 'It works.' }));
    await w.page.reload();
    await w.page.getByRole('tab', { name: 'Preview' }).click();
    await w.when(async () => (await text(w.page)).includes('The first paragraph.'));
    const fits = () => w.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await w.check('preview');
    assert.ok(await fits());
    const stage = await w.page.locator('.stage').boundingBox();
    assert.ok(stage.height > 250 && stage.x >= 0 && stage.x + stage.width <= w.page.viewportSize().width);
    if (w.page.viewportSize().width < 1_000) {
      // The sheet closes and loads nothing while it is closed.
      await w.page.keyboard.press('Escape');
      assert.equal(await w.page.locator('.stage').isVisible(), false);
      await w.page.getByRole('tab', { name: 'Preview' }).click();
      assert.equal(await w.page.locator('.stage').isVisible(), true);
    }
    await w.page.getByRole('tab', { name: /Panel/ }).click();
    await w.page.getByRole('button', { name: 'Retract (The Builder)' }).click();
    await w.page.getByText('Readers do not see this take').waitFor();
    await w.check('retract');
    assert.ok(await fits());
    await w.page.getByRole('button', { name: 'Keep the take' }).click();
    await w.page.evaluate(() => document.activeElement.blur());
    await w.page.keyboard.press('Control+k');
    await w.page.getByRole('combobox', { name: 'Go to a page or an article' }).waitFor();
    await w.check('palette');
    assert.ok(await fits());
    await w.page.keyboard.press('Escape');
    await w.page.evaluate(() => document.activeElement.blur());
    await w.page.keyboard.press('?');
    await w.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await w.check('shortcuts');
    assert.ok(await fits());
    await w.close();
  });
}

const takeOf = (persona, more) => ({
  id: `tak_${persona}`, version: 1, status: 'DRAFTED', number: 1, isStale: false, isOverdue: false, anchorMatches: null, reviewer: 'Ada Marsh', drafter: 'Erin Vale', retractionReason: null, brief: null, dueAt: null, dueAtLocal: null,
  inReplyTo: null, head: { id: `tkr_${persona}` }, assignee: null, persona: { id: persona }, text: 'Words.', stance: 'MIXED', confidence: 50, verdict: null, anchor: null, ...more,
});
const panel = async (options, ...takes) => {
  const w = await open(options);
  for (const [persona, more] of takes) w.api.takes.set(persona, takeOf(persona, more));
  Object.assign(w.api.state, { status: 'PUBLISHED', firstPublishedAt: '2026-04-01T11:00:00Z' });
  w.api.live = structuredClone(w.api.fields);
  await w.page.reload();
  await w.page.getByRole('tab', { name: /Panel/ }).click();
  const card = (name) => w.page.getByRole('region', { name });
  const press = (name) => w.page.getByRole('button', { name, exact: true }).click();
  return { w, card, press };
};

test('an editor retracts a take, and is told what readers will see', async () => {
  const { w, card, press } = await panel({}, ['per_1', { status: 'APPROVED' }], ['per_2', { status: 'IN_REVIEW' }]);
  w.api.liveTakes = ['tak_per_1'];
  await press('Retract (The Skeptic)');
  await card('The Skeptic').getByText('Readers do not see this take, so nothing changes for them.').waitFor();
  await press('Keep the take');
  await press('Retract (The Builder)');
  await card('The Builder').getByText('It disappears from the article at once').waitFor();
  assert.equal(await w.page.evaluate(() => document.activeElement.id), 'retract-per_1');
  const go = card('The Builder').getByRole('button', { name: 'Retract the take' });
  assert.ok(await go.isDisabled(), 'a reason is needed');
  await w.page.keyboard.type('The measurement was wrong.');
  // Somebody else was faster.
  w.api.refuseTake = { take: null, errors: [{ __typename: 'VersionConflictError', message: 'Ada Marsh saved this take in between. Reload the page.', path: ['expectedVersion'] }] };
  await go.click();
  await card('The Builder').getByRole('alert').getByText('Ada Marsh saved this take in between').waitFor();
  w.api.refuseTake = null;
  await go.click();
  await card('The Builder').getByText('Retracted: The measurement was wrong.').waitFor();
  const { clientMutationId: _, ...sent } = w.calls('EditorRetractTake').at(-1).input;
  assert.deepEqual(sent, { id: 'tak_per_1', expectedVersion: 1, reason: 'The measurement was wrong.' });
  assert.equal(await card('The Builder').getByRole('button', { name: 'Retract (The Builder)' }).count(), 0);
  // The text of the take is still there, and the take can be asked for again.
  await press('Request again (The Builder)');
  await w.page.getByRole('button', { name: 'Send the request' }).waitFor();
  await w.close();
});

test('a request can be cancelled, a take can reply to another and be published by itself, and authors do none of this', async () => {
  const { w, card, press } = await panel({}, ['per_1', { status: 'APPROVED' }], ['per_2', { status: 'REQUESTED', text: null, head: null, assignee: { id: 'stf_2', name: 'Ada Marsh' } }]);
  await press('Cancel the request (The Skeptic)');
  await card('The Skeptic').getByText('It leaves the inbox of Ada Marsh. Readers see no change.').waitFor();
  await w.page.keyboard.type('Not needed.');
  await press('Cancel the request');
  await card('The Skeptic').getByText('Retracted: Not needed.').waitFor();
  await card('The Skeptic').getByLabel('Take of The Skeptic').fill('I doubt it.');
  await card('The Skeptic').getByLabel('Replies to').selectOption({ label: 'The Builder' });
  await press('Save take (The Skeptic)');
  await w.when(() => w.calls('EditorSaveTake').length === 1);
  assert.equal(w.calls('EditorSaveTake')[0].input.inReplyTo, 'tak_per_1');
  w.api.takes.get('per_2').status = 'DRAFTED';
  w.api.takes.get('per_2').head = { id: 'tkr_per_2' };
  await w.page.reload();
  await w.page.getByRole('tab', { name: /Panel/ }).click();
  await press('Approve and publish (The Skeptic)');
  await card('The Skeptic').getByText('Other changes of the article are not published.').waitFor();
  await press('Publish the take');
  await card('The Skeptic').getByText('Approved by Erin Vale').waitFor();
  assert.equal(w.calls('EditorApproveTake')[0].input.publish, true);
  await w.close();
  const author = await panel({ roles: ['READER', 'AUTHOR'] }, ['per_1', { status: 'APPROVED' }]);
  await author.card('The Builder').getByLabel('Take of The Builder').waitFor();
  assert.equal(await author.w.page.getByRole('button', { name: /Retract|Approve|Request/ }).count(), 0);
  await author.w.close();
});

test('Ctrl+K finds pages, articles and actions, and makes a link in text', async () => {
  const w = await open();
  const field = w.page.getByRole('combobox', { name: 'Go to a page or an article' });
  const option = (name) => w.page.getByRole('option', { name });
  await w.page.locator('.ProseMirror > *').first().click();
  await w.page.keyboard.press('Control+k');
  await w.page.getByRole('dialog', { name: /link/i }).waitFor();
  await w.page.keyboard.press('Escape');
  await w.page.getByRole('tab', { name: 'Checks' }).click();
  await w.page.keyboard.press('Control+k');
  await field.waitFor();
  const chosen = () => w.page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null);
  assert.equal(await chosen(), 'Articles');
  await w.page.keyboard.press('ArrowDown');
  assert.equal(await chosen(), 'Calendar');
  await w.page.keyboard.press('ArrowUp');
  await w.page.keyboard.press('ArrowUp');
  assert.equal(await chosen(), 'Sign out');
  await w.page.keyboard.type('dark');
  assert.equal(await chosen(), 'Colours: dark');
  await w.page.keyboard.press('Enter');
  assert.equal(await w.page.evaluate(() => [document.documentElement.dataset.theme, localStorage.getItem('studio-theme')].join()), 'dark,dark');
  assert.equal(await w.page.evaluate(() => document.activeElement.id), 'tab-checks', 'the focus goes back');
  // Nothing is found, and then something is; answers to what was typed before are not shown.
  await w.page.keyboard.press('Control+k');
  await field.fill('zzz');
  await w.page.getByText('Nothing has this name.').waitFor();
  let answer = () => {};
  let isAsked = false;
  const slow = new Promise((resolve) => (answer = resolve));
  const { graphql } = w.api;
  w.api.graphql = async (name, variables) => {
    if (name === 'EditorFind' && variables.text === 'dis') {
      isAsked = true;
      await slow;
    }
    return graphql(name, variables);
  };
  await field.fill('dis');
  await w.page.getByText('Looking for articles…').waitFor();
  await w.when(() => w.calls('EditorFind').length > 0 && isAsked);
  await field.fill('disk said');
  await option(/The disk said yes/).waitFor();
  answer();
  assert.equal(await field.inputValue(), 'disk said');
  // The server does not answer.
  w.api.isDown = true;
  await field.fill('calendar');
  await w.page.getByText('The server does not answer, so no articles can be found.').waitFor();
  assert.equal(await chosen(), 'Calendar', 'pages can still be opened');
  w.api.isDown = false;
  w.api.isSignedOut = true;
  await field.fill('disk');
  await option('Sign in again').waitFor();
  w.api.isSignedOut = false;
  await field.fill('disk');
  await field.fill('the disk');
  await option(/The disk said yes/).click();
  await w.page.waitForURL(/\/studio\/articles\/art_b+$/);
  await w.close();
});

test('the palette makes an article and signs out, and lists the shortcuts, on pages without the editor', async () => {
  const w = await open({}, { at: '/studio/articles' });
  await w.page.keyboard.press('Control+k');
  await w.page.getByRole('combobox').waitFor();
  await w.page.keyboard.type('new art');
  await w.page.keyboard.press('Enter');
  await w.page.waitForFunction(() => document.title === 'Made');
  assert.equal(w.api.posted[0].get('_handler'), 'new-article');
  assert.match(w.api.posted[0].get('ChangeId'), /^[0-9a-f-]{36}$/);
  await w.page.goto(`${w.url}/studio/articles`);
  await w.page.keyboard.press('?');
  const sheet = w.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Ctrl+Shift+8').waitFor();
  await w.page.keyboard.press('Escape');
  await w.page.keyboard.press('Control+k');
  await w.page.getByRole('combobox').waitFor();
  await w.page.keyboard.type('sign out');
  await Promise.all([w.page.waitForURL('**/signout**'), w.page.keyboard.press('Enter')]);
  assert.equal(w.api.isSignedOut, true);
  await w.close();
});

test('a page that cannot keep the text of its forms asks before it is lost, and sends a form without a question', async () => {
  const w = await open({}, { at: '/studio/tags' });
  await w.page.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException('Full', 'QuotaExceededError'); }; });
  await w.page.reload();
  const asked = [];
  let answer = 'dismiss';
  w.page.on('dialog', (dialog) => (asked.push(dialog.type()), void dialog[answer]()));
  const [name, note] = [w.page.locator('[name=Name]'), w.page.locator('[name=Note]')];
  await name.fill('Linkers and loaders');
  await w.page.getByRole('link', { name: 'Articles' }).click();
  await w.when(() => asked.length === 1);
  assert.equal(asked[0], 'beforeunload');
  assert.equal(await name.inputValue(), 'Linkers and loaders');
  // The other form would be lost with the page too, and both can be sent after the person has stayed.
  await note.fill('A second text.');
  await w.page.getByRole('button', { name: 'Save the name' }).click();
  await w.when(() => asked.length === 2);
  await note.fill('Linkers');
  await Promise.all([w.page.waitForEvent('load'), w.page.getByRole('button', { name: 'Save the name' }).click()]);
  assert.equal(asked.length, 2, 'what is sent is not lost');
  assert.deepEqual(w.api.posted.map((form) => form.get('Name')), ['Linkers and loaders']);
  // Nothing was typed.
  await w.page.getByRole('link', { name: 'Articles' }).click();
  await w.page.waitForURL('**/studio/articles');
  await w.page.goto(`${w.url}/studio/tags`);
  await name.fill('Lost on purpose');
  answer = 'accept';
  await w.page.getByRole('link', { name: 'Articles' }).click();
  await w.page.waitForURL('**/studio/articles');
  assert.equal(asked.length, 3);
  await w.close();
});

test('what somebody typed into the forms of a page is back after a reload, an outage and a refusal, until the server has it', async () => {
  const w = await open({}, { at: '/studio/tags' });
  const [name, note, back] = [w.page.locator('[name=Name]'), w.page.locator('[name=Note]'), w.page.locator('.banner[data-kind=kept]')];
  w.page.on('dialog', (dialog) => (w.faults.push(dialog.message()), void dialog.dismiss()));
  await w.page.waitForLoadState('networkidle');
  await name.fill('Linkers and loaders');
  await note.fill('Two lines\nof text.');
  await w.page.locator('[type=password]').first().fill('secret');
  await w.page.getByRole('link', { name: 'Articles' }).click();
  await w.page.waitForURL('**/studio/articles');
  assert.equal(await w.page.evaluate(() => JSON.stringify(localStorage).includes('secret')), false);
  await w.page.goto(`${w.url}/studio/tags`);
  await back.nth(1).waitFor();
  assert.match((await back.allTextContents()).join(), /What you wrote here less than a minute ago is back\. It is not saved yet: Note\..*It is not saved yet: Name\./);
  assert.deepEqual([await name.inputValue(), await note.inputValue()], ['Linkers and loaders', 'Two lines\nof text.']);
  // Discarding one leaves the other.
  await back.filter({ hasText: 'Note' }).getByRole('button', { name: 'Discard it' }).click();
  assert.deepEqual([await name.inputValue(), await note.inputValue()], ['Linkers and loaders', 'Linkers']);
  assert.equal(await w.page.evaluate(() => document.activeElement?.getAttribute('name')), 'Note');
  // The network fails while the form is sent.
  w.api.isDown = true;
  await w.page.getByRole('button', { name: 'Save the name' }).click();
  await w.page.waitForURL(/^chrome-error:/);
  w.api.isDown = false;
  await w.page.goto(`${w.url}/studio/tags`);
  await back.waitFor();
  assert.equal(await name.inputValue(), 'Linkers and loaders');
  // Somebody else changes the field, and the server refuses the form.
  w.api.saved.Name = 'Lenkers';
  await w.page.reload();
  await back.filter({ hasText: 'Somebody has changed this meanwhile: Name.' }).waitFor();
  w.api.refusesForms = true;
  await Promise.all([w.page.waitForEvent('load'), w.page.getByRole('button', { name: 'Save the name' }).click()]);
  await w.page.locator('textarea[aria-invalid]').waitFor();
  await w.page.waitForLoadState('networkidle');
  assert.deepEqual([await name.inputValue(), await back.count()], ['Linkers and loaders', 0]);
  await w.page.goto(`${w.url}/studio/tags`);
  await back.waitFor();
  assert.equal(await name.inputValue(), 'Linkers and loaders');
  // The answer to a form is lost.
  Object.assign(w.api, { refusesForms: false, isDown: true });
  w.api.saved.Name = 'Linkers';
  await w.page.getByRole('button', { name: 'Save the name' }).click();
  await w.page.waitForURL(/^chrome-error:/);
  w.api.isDown = false;
  await w.page.goto(`${w.url}/studio/tags`);
  await back.filter({ hasText: 'What you sent here less than a minute ago got no answer and is back: Name. Look whether it was saved' }).waitFor();
  await Promise.all([w.page.waitForEvent('load'), w.page.getByRole('button', { name: 'Save the name' }).click()]);
  await w.page.locator('.banner[data-kind=done]').waitFor();
  await w.when(() => w.page.evaluate(() => !Object.keys(localStorage).some((key) => key.startsWith('cms-studio form'))), 'nothing is kept');
  await w.page.reload();
  await w.page.waitForLoadState('networkidle');
  assert.deepEqual([await name.inputValue(), await back.count()], ['Linkers and loaders', 0]);
  await w.close();
});

test('signing out asks about the text of forms, and deletes that of this person only', async () => {
  const w = await open({}, { at: '/studio/tags' });
  await w.page.waitForLoadState('networkidle');
  await w.page.locator('[name=Name]').fill('Linkers and loaders');
  const other = `cms-studio form ${JSON.stringify(['tenant/ada', '/studio/tags', '_handler=Name'])}`;
  await w.page.evaluate((key) => localStorage.setItem(key, JSON.stringify({ title: 'Tags', at: Date.now(), fields: { Name: { now: ['Of Ada'], before: ['Linkers'] } } })), other);
  const asked = [];
  let answer = 'dismiss';
  w.page.on('dialog', (dialog) => (asked.push(dialog.message()), void dialog[answer]()));
  await w.page.getByRole('button', { name: 'Sign out' }).click();
  await w.when(() => asked.length === 1);
  assert.match(asked[0], /not saved, in “Tags”\./);
  assert.equal(w.page.url(), `${w.url}/studio/tags`);
  answer = 'accept';
  await Promise.all([w.page.waitForURL('**/signout'), w.page.getByRole('button', { name: 'Sign out' }).click()]);
  await w.page.goto(`${w.url}/studio/tags`);
  assert.deepEqual(await w.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('cms-studio form'))), [other]);
  assert.equal(await w.page.locator('[name=Name]').inputValue(), 'Linkers');
  await w.close();
});

test('the shortcuts of the list are those that work', async () => {
  const w = await open();
  const toolbar = w.page.getByRole('toolbar', { name: 'Format' });
  for (const [name, keys] of Object.entries(commandKeys)) {
    if (name === 'Link') continue;
    await w.page.locator('.ProseMirror').click();
    await w.press('Control+Home');
    await w.press('Shift+End');
    const button = toolbar.getByRole('button', { name, exact: true });
    const state = async () => (await button.getAttribute('aria-pressed')) ?? '';
    await w.when(async () => (await state()) === 'false', `${name} is off`);
    await w.page.keyboard.press(keys.replace('Mod', 'Control').replace(/\+([A-Z])$/, (_, key) => `+${key.toLowerCase()}`));
    await w.when(async () => (await state()) === 'true', `${keys} switches ${name} on`);
    assert.equal(await button.getAttribute('title'), `${name} (${keys.replace('Mod', 'Ctrl')})`);
    await w.press('Control+z');
    await w.when(async () => (await state()) === 'false', `undo takes ${name} away`);
  }
  await w.close();
});
