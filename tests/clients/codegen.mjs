// Generates types for the trusted documents and compiles the example that uses them. Prints "compiled" or the errors.
import { spawnSync } from 'node:child_process';

const run = (tool, ...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`../node_modules/.bin/${tool}`, ...args], {
    cwd: new URL('codegen', import.meta.url),
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(stdout + stderr);
    process.exit(1);
  }
};

run('graphql-codegen', '--config', 'codegen.json');
run('tsc', '--project', '.');
console.log('compiled');
