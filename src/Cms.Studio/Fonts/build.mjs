// Cuts the Studio's fonts out of Inter and Source Serif, and writes their licence to a file beside them:
// node build.mjs [folder].
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const out = process.argv[2] ?? '../Assets/fonts';
const packages = 'node_modules/@fontsource-variable';

// Latin text of western Europe, with the punctuation of newspapers, arrows and currencies.
const ranges = [
  [0x20, 0x7e], [0xa0, 0xff], [0x152, 0x153], [0x2013, 0x2014], [0x2018, 0x201e], [0x2020, 0x2022], [0x2026, 0x2026],
  [0x2030, 0x2030], [0x2039, 0x203a], [0x2044, 0x2044], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2190, 0x2193], [0x2212, 0x2212],
];
const text = ranges
  .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)))
  .join('');

// Small capitals, old-style figures and the like would need glyphs that the Studio never shows.
const keepFeatures = ['calt', 'ccmp', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'pnum', 'tnum', 'lnum'];

const serif = (style) => `source-serif-4/files/source-serif-4-latin-opsz-${style}`;
const fonts = {
  inter: ['inter/files/inter-latin-wght-normal', { wght: { min: 400, max: 700 } }],
  serif: [serif('normal'), { wght: { min: 400, max: 700 }, opsz: 16 }],
  'serif-italic': [serif('italic'), { wght: { min: 400, max: 700 }, opsz: 16 }],
};

await mkdir(out, { recursive: true });
for (const [name, [source, variationAxes]] of Object.entries(fonts)) {
  const font = await subsetFont(await readFile(`${packages}/${source}.woff2`), text, {
    targetFormat: 'woff2',
    variationAxes,
    keepFeatures,
  });
  await writeFile(`${out}/${name}.woff2`, font);
  console.log(name, font.length);
}

const notices = [];
for (const name of ['inter', 'source-serif-4']) {
  const { version, license } = JSON.parse(await readFile(`${packages}/${name}/package.json`, 'utf8'));
  const licence = await readFile(`${packages}/${name}/LICENSE`, 'utf8');
  notices.push(`@fontsource-variable/${name} ${version} (${license})\n\n${licence.replaceAll('\r\n', '\n').trim()}\n`);
}
await writeFile(`${out}/LICENSES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));
