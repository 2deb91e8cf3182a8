// Installs the project's dependencies where they are missing or not those of the lock file, so that `npm test` and
// `npm run demo` work on a fresh clone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(resolve(ROOT, lockFile), 'utf8')).packages;
  } catch {
    return {};
  }
}

const installed = packagesOf('node_modules/.package-lock.json');
// What is optional is for other platforms as often as not; it may be absent.
const isMissing = Object.entries(packagesOf('package-lock.json')).some(
  ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
);
if (isMissing) {
  console.error('Installing dependencies (once) …');
  // No install scripts: none of the packages needs its own, and ours (`prepare`) would build what is built next anyway.
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm could not install the dependencies; its message is above.');
    process.exitCode = 1;
  }
}
