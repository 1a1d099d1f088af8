// Measures how long the editor takes to open for somebody whose browser has kept nothing: until its first paint, until headline
// and summary can be read, and until the whole text can be read and changed. Start the product first: dotnet run --project src/Cms.Server.
import { chromium } from 'playwright-core';
import { chromiumPath } from './harness.mjs';

const rounds = 7;
const server = process.env.CMS_URL ?? 'http://localhost:5080';
/** A desktop on this machine's network, and a phone with a slow processor on a slow mobile network. */
const places = [
  { name: 'desktop', viewport: { width: 1440, height: 900 } },
  { name: 'phone, processor 4 times slower, 1.6 Mbit/s, 150 ms', viewport: { width: 390, height: 844 }, slow: true },
];

const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
const signedIn = await browser.newContext();
const redirect = await signedIn.request.get(`${server}/signin?returnUrl=/studio/articles`, { maxRedirects: 0 });
const list = await signedIn.newPage();
await list.goto(`${redirect.headers().location}&login_hint=editor`);
const article = await list.locator('a[href^="/studio/articles/art_"]').first().getAttribute('href');
const storageState = await signedIn.storageState();
await signedIn.close();

/** Notes when the summary can be read and the text changed, in milliseconds since the page was asked for. */
const watch = () => {
  window.opened = {};
  const look = () => {
    const surface = document.querySelector('.ProseMirror');
    const words = document.querySelector('main p, .ProseMirror p');
    if (!window.opened.readable && words?.textContent?.trim()) window.opened.readable = performance.now();
    if (!window.opened.writable && surface?.getAttribute('contenteditable') === 'true') window.opened.writable = performance.now();
    if (!window.opened.writable) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)].toFixed(0);

for (const { name, viewport, slow } of places) {
  const all = [];
  for (let i = 0; i < rounds; i++) {
    const context = await browser.newContext({ viewport, storageState });
    const page = await context.newPage();
    await page.addInitScript(watch);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.clearBrowserCache');
    if (slow) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 });
    }
    await page.goto(server + article, { waitUntil: 'commit', timeout: 60_000 });
    await page.waitForFunction(() => window.opened?.writable && performance.getEntriesByName('first-contentful-paint').length > 0, null, { timeout: 60_000 });
    all.push(await page.evaluate(() => ({ ...window.opened, painted: performance.getEntriesByName('first-contentful-paint')[0].startTime })));
    await context.close();
  }
  console.log(`${name}: first paint after ${median(all.map((one) => one.painted))} ms, headline and summary readable after ${median(all.map((one) => one.readable))} ms, text writable after ${median(all.map((one) => one.writable))} ms (median of ${rounds})`);
}
await browser.close();
