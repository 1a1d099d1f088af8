// Cuts the fonts of the site and of the Studio out of larger ones, and writes their licences to a file beside them:
// node build.mjs [folder].
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const root = process.argv[2] ?? '..';
const packages = 'node_modules/@fontsource-variable';

// Latin text of western Europe, with the punctuation of newspapers, arrows and currencies.
const ranges = [
  [0x20, 0x7e], [0xa0, 0xff], [0x152, 0x153], [0x2013, 0x2014], [0x2018, 0x201e], [0x2020, 0x2022], [0x2026, 0x2026],
  [0x2030, 0x2030], [0x2039, 0x203a], [0x2044, 0x2044], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2190, 0x2193], [0x2212, 0x2212],
];
const text = ranges
  .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)))
  .join('');

// Small capitals, old-style figures and the like would need glyphs that pages never show.
const keepFeatures = ['calt', 'ccmp', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'pnum', 'tnum', 'lnum'];

const newsreader = (style) => `newsreader/files/newsreader-latin-standard-${style}`;
const sourceSerif = (style) => `source-serif-4/files/source-serif-4-latin-opsz-${style}`;
const projects = {
  'Cms.Site': {
    text: [newsreader('normal'), { wght: { min: 400, max: 650 }, opsz: 18 }],
    display: [newsreader('normal'), { wght: 500, opsz: 60 }],
    italic: [newsreader('italic'), { wght: 400, opsz: 24 }],
    sans: ['schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal', { wght: { min: 400, max: 700 } }],
  },
  'Cms.Studio': {
    inter: ['inter/files/inter-latin-wght-normal', { wght: { min: 400, max: 700 } }],
    serif: [sourceSerif('normal'), { wght: { min: 400, max: 700 }, opsz: 16 }],
    'serif-italic': [sourceSerif('italic'), { wght: { min: 400, max: 700 }, opsz: 16 }],
  },
};

for (const [project, fonts] of Object.entries(projects)) {
  const out = `${root}/${project}/Assets/fonts`;
  await mkdir(out, { recursive: true });
  const families = new Set();
  for (const [name, [source, variationAxes]] of Object.entries(fonts)) {
    families.add(source.split('/')[0]);
    const font = await subsetFont(await readFile(`${packages}/${source}.woff2`), text, {
      targetFormat: 'woff2',
      variationAxes,
      keepFeatures,
    });
    await writeFile(`${out}/${name}.woff2`, font);
    console.log(project, name, font.length);
  }

  const notices = [];
  for (const family of families) {
    const { version, license } = JSON.parse(await readFile(`${packages}/${family}/package.json`, 'utf8'));
    const licence = await readFile(`${packages}/${family}/LICENSE`, 'utf8');
    notices.push(`@fontsource-variable/${family} ${version} (${license})\n\n${licence.replaceAll('\r\n', '\n').trim()}\n`);
  }
  await writeFile(`${out}/LICENSES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));
}
