// The version is that of package.json. Where a page, a script or the image must name it as well, `npm run generate` writes it.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const MENTION = /(source-tiktok-ads[:-]|ARG VERSION=|dockerImageTag: |Docker image tag \| `)\d+\.\d+\.\d+/g;
const PLACES = [
  'Dockerfile',
  'metadata.yaml',
  'README.md',
  'docs',
  'examples',
  'integration_tests/orchestrators/standard',
];

/**
 * Every file that names the version, with the one of package.json in it: path → text.
 *
 * @param root the project's folder
 * @param texts what has been generated already: path → text
 */
export async function withVersion(root, texts) {
  const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'));
  const files = new Map(texts);
  for (const path of (await Promise.all(PLACES.map((place) => filesOf(root, place)))).flat()) {
    const text = files.get(path) ?? (await readFile(resolve(root, path), 'utf8'));
    const current = text.replaceAll(MENTION, `$1${version}`);
    if (current !== text || files.has(path)) files.set(path, current);
  }
  return files;
}

/** The text files at a path, which may be a folder; nothing of what is installed or hidden. */
async function filesOf(root, place) {
  const entries = await readdir(resolve(root, place), { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [place];
  const below = entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .map((entry) => {
      const path = join(place, entry.name);
      if (entry.isDirectory()) return filesOf(root, path);
      return /\.(png|jpg|svg|ico|woff2?)$/.test(entry.name) ? [] : [path];
    });
  return (await Promise.all(below)).flat();
}
