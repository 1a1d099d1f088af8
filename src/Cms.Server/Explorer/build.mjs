// Bundles GraphiQL with its dependencies, and writes their licences to a file beside the bundle.
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';

const out = process.argv[2] ?? 'site';
await mkdir(out, { recursive: true });
const { metafile } = await build({
  entryPoints: ['explorer.jsx'],
  outfile: `${out}/explorer.js`,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  metafile: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
});
await copyFile('index.html', `${out}/index.html`);

const names = new Set(
  Object.keys(metafile.inputs)
    .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean),
);
const notices = [];
for (const name of [...names].sort()) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
  const text = await Promise.any(
    ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'LICENCE'].map((file) =>
      readFile(`node_modules/${name}/${file}`, 'utf8'),
    ),
  ).catch(() => '');
  notices.push(`${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`);
}
await writeFile(`${out}/LICENSES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));
