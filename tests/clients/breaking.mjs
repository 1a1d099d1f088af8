// Finds changes between two schemas that break clients: node breaking.mjs <old.graphql> <new.graphql> [allowed.txt].
// Prints each breaking change that the file of allowed changes does not list, and fails if there are any.
import { readFile } from 'node:fs/promises';
import { buildSchema, findBreakingChanges } from 'graphql';

const [, , before, after, allowed] = process.argv;
const read = (path) => readFile(path, 'utf8');
const known = new Set(allowed ? (await read(allowed)).split('\n').map((line) => line.trim()) : []);
const breaks = findBreakingChanges(buildSchema(await read(before)), buildSchema(await read(after)))
  .map((change) => change.description)
  .filter((description) => !known.has(description));
for (const description of breaks) console.log(description);
process.exitCode = breaks.length === 0 ? 0 : 1;
