// Checks HTML with html-validate: node html.mjs <URL>… Prints one JSON object for each page.
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Pages are written by a renderer: how they are laid out, and which of two spellings they use, does not matter.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    // Everything comes from one host over one connection.
    'require-sri': 'off',
    // A list may have a name, and what scrolls is a region that the keyboard can reach.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // Names with spaces between digits are for people, not for links that dial.
    'tel-non-breaking': 'off',
  },
});
for (const url of process.argv.slice(2)) {
  const response = await fetch(url, { redirect: 'manual' });
  const html = await response.text();
  const report = await validator.validateString(html, url);
  const faults = report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column, selector }) => {
      const text = html.split('\n')[line - 1]?.slice(Math.max(0, column - 20), column + 60);
      return `${ruleId}: ${message} at ${selector ?? `${line}:${column}`}: ${text}`;
    }),
  );
  console.log(JSON.stringify({ url, status: response.status, faults }));
}
