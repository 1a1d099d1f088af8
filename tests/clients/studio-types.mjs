// Writes the types of the documents that the Studio's scripts send: node studio-types.mjs [file]. The result is committed. A field
// that is renamed or removed in a document then breaks `npm run check-studio` where a script uses it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';

const root = new URL('../../', import.meta.url);
const scripts = new URL('src/Cms.Studio/Assets/', root);
const folder = new URL('src/Cms.Studio/Operations/', root);
const [file = fileURLToPath(new URL('answers.d.ts', scripts))] = process.argv.slice(2);

// Pages have more documents, which C# sends.
const sent = new Set(['EditorArticle']);
for (const name of readdirSync(scripts, { recursive: true })) {
  if (!name.endsWith('.js') || name.startsWith('vendor')) continue;
  for (const [, operation] of readFileSync(new URL(name, scripts), 'utf8').matchAll(/'((?:Editor|Studio)[A-Z]\w+)'/g)) sent.add(operation);
}
const operations = [...sent].filter((name) => readdirSync(folder).includes(`${name}.graphql`)).sort();
const path = (name) => fileURLToPath(new URL(name, folder));

const [{ content }] = await generate(
  {
    silent: true,
    schema: fileURLToPath(new URL('schema/schema.graphql', root)),
    documents: [...operations.map((name) => path(`${name}.graphql`)), ...readdirSync(folder).filter((name) => /^Edited.*\.fragment\.graphql$/.test(name)).map(path)],
    generates: {
      [file]: {
        plugins: ['typescript-operations'],
        config: {
          enumsAsTypes: true,
          disableDescriptions: true,
          inlineFragmentTypes: 'combine',
          strictScalars: true,
          scalars: { ID: 'string', DateTime: 'string', LocalDateTime: 'string', Date: 'string', URL: 'string', JSON: 'any' },
        },
      },
    },
  },
  false,
);
const kindOf = (name) => /^(query|mutation|subscription)/m.exec(readFileSync(path(`${name}.graphql`), 'utf8'))[1].replace(/^./, (letter) => letter.toUpperCase());
const kinds = new Map(operations.map((name) => [name, kindOf(name)]));
const table = operations.map((name) => `  ${name}: { data: ${name}${kinds.get(name)}; variables: ${name}${kinds.get(name)}Variables };`).join('\n');
writeFileSync(
  file,
  `// Made by \`npm run --prefix tests/clients studio-types\`. Do not edit.\n\n${content.trim()}\n\n/** What each document returns and needs, by its name. */\nexport interface Documents {\n${table}\n}\n`,
);
