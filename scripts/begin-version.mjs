// `npm version` calls it: what stands under "Unreleased" in CHANGELOG.md becomes the version of package.json.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(await readFile(resolve(ROOT, 'package.json'), 'utf8'));
const path = resolve(ROOT, 'CHANGELOG.md');
const changes = await readFile(path, 'utf8');
if (!/^## Unreleased\n\n(- |### )/m.test(changes)) throw new Error('CHANGELOG.md has nothing under "Unreleased".');
await writeFile(path, changes.replace(/^## Unreleased\n/m, `## Unreleased\n\n## ${version}\n`));
