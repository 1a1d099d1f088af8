// Validates ninjs: node ninjs.mjs <URL>… Prints the items of each as one line of JSON, or ends with what the schema of the
// IPTC finds wrong.
import { readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';

const schema = async (name) => JSON.parse(await readFile(new URL(`ninjs/${name}`, import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(await schema('geojson.json'));
const isItem = ajv.compile(await schema('ninjs-schema_3.1.json'));

for (const url of process.argv.slice(2)) {
  // A feed is an array of items. Each change has one.
  const answer = await (await fetch(url)).json();
  const items = Array.isArray(answer) ? answer : answer.changes.map((change) => change.item);
  for (const item of items) {
    if (!isItem(item)) throw new Error(`${item.uri}: ${JSON.stringify(isItem.errors)}`);
  }

  console.log(JSON.stringify(items));
}
