// Bundles the packages that the Studio uses, and writes their licences to a file beside the bundle: node build.mjs [folder] [--sizes].
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';

const out = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '../Assets/vendor';
await mkdir(out, { recursive: true });
const { metafile } = await build({
  entryPoints: ['entry.js'],
  outfile: `${out}/vendor.js`,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  metafile: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
});
await copyFile('vendor.d.ts', `${out}/vendor.d.ts`);

/** The bytes of each package in the bundle. */
const sizes = new Map();
for (const [path, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs)[0].inputs)) {
  const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (name) {
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
}
if (process.argv.includes('--sizes')) {
  console.table(Object.fromEntries([...sizes].sort((a, b) => b[1] - a[1])));
}

const notices = [];
for (const name of [...sizes.keys()].sort()) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
  const text = await Promise.any(
    ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'LICENCE'].map((file) => readFile(`node_modules/${name}/${file}`, 'utf8')),
  ).catch(() => '');
  notices.push(`${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`);
}
await writeFile(`${out}/LICENSES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));
