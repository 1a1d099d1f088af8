// Uses the explorer and the reference in a real browser:
// node explorer.mjs <address of the server> <path of Chromium> [folder for screenshots].
// Prints one JSON object for each screen size and colour scheme.
import { chromium } from 'playwright-core';

const [, , address, executablePath, shots] = process.argv;
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport, colorScheme });
    context.setDefaultTimeout(15_000);
    const complaints = [];
    const open = async (path) => {
      const page = await context.newPage();
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(new URL(path, address).href);
      return page;
    };
    const shoot = async (page, name) =>
      shots && page.screenshot({ path: `${shots}/${name}-${viewport.width}-${colorScheme}.png` });
    const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

    const explorer = await open('explorer');
    await explorer.waitForSelector('.graphiql-execute-button');
    const tabs = await explorer.locator('.graphiql-tab-button').allTextContents();
    const result = explorer.locator('.result-window');
    await explorer.click('.graphiql-execute-button');
    await result.getByText('"headline"').first().waitFor();
    await explorer.locator('.graphiql-tab-button').filter({ hasText: 'ArticlePage' }).click();
    await explorer.locator('.graphiql-editor-tool').getByText('"slug"').first().waitFor();
    await explorer.locator('.graphiql-tab-active').filter({ hasText: 'ArticlePage' }).waitFor();
    await explorer.locator('.graphiql-execute-button[aria-label^="Execute"]').click();
    await result.getByText('"article"').first().waitFor();
    const answer = await result.textContent();
    await shoot(explorer, 'explorer');

    const docs = await open('docs');
    await docs.fill('#find', 'consensus');
    const found = await docs.locator('main section:visible').count();
    const all = await docs.locator('main section').count();
    await docs.fill('#find', 'no such thing');
    const none = await docs.locator('#none').isVisible();
    await docs.fill('#find', '');
    await shoot(docs, 'docs');

    console.log(
      JSON.stringify({
        viewport, colorScheme, tabs, failed: answer.includes('"errors"'), found, all, none, complaints,
        overflow: [await overflow(explorer), await overflow(docs)],
      }),
    );
    await context.close();
  }
}
await browser.close();
