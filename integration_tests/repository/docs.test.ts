import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { parseConfig } from '../../src/config/parse-config.ts';
import { configuredCatalog } from '../orchestrators/configured-catalog.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'dist', 'source-tiktok-ads.js');
const TAP = join(ROOT, 'dist', 'tap-tiktok-ads.js');

const pages = [...markdownIn('.', 1), ...markdownIn('docs'), ...markdownIn('examples')];
const text = (page: string) => readFileSync(join(ROOT, page), 'utf8');
/** Code in fences, and what is between backticks. */
const codeOf = (page: string) =>
  [...text(page).matchAll(/^ *```\w*\n([\s\S]*?)^ *```|`([^`\n]+)`/gm)].map(
    ([, block, inline]) => block ?? inline ?? '',
  );

describe('the documentation', () => {
  it.each(pages)('%s links to what exists', (page) => {
    const links = [...text(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = '', fragment] = link.split('#');
      const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
      if (!existsSync(target)) return true;
      return fragment !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(fragment);
    });
    expect(dead).toEqual([]);
  });

  it('shows configurations that are valid', () => {
    const shown = pages.flatMap((page) =>
      [...text(page).matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)]
        .map(([, json = '']) => JSON.parse(json) as Record<string, unknown>)
        .filter((value) => 'credentials' in value),
    );
    expect(shown.length).toBeGreaterThan(1);
    // An ellipsis stands for a secret.
    for (const config of shown) parseConfig(JSON.parse(JSON.stringify(config).replaceAll('…', 'shown')));
  });

  it('names npm scripts that exist', () => {
    const named = pages.flatMap((page) => codeOf(page).flatMap((code) => [...code.matchAll(/npm run ([\w:-]+)/g)]));
    const unknown = named.map(([, script = '']) => script).filter((script) => !(script in packageJson.scripts));
    expect(unknown).toEqual([]);
  });

  it('names verbs and options that the programs know', () => {
    const help = (program: string, ...args: string[]) => run(program, ...args, '--help').stdout;
    const verbs = [...help(SOURCE).matchAll(/^ {2}source-tiktok-ads (\w+)/gm)].map(([, verb = '']) => verb);
    expect(verbs).toContain('read');
    const options = new Map<string, string>([
      ['tap', help(TAP)],
      ...verbs.map((verb): [string, string] => [verb, help(SOURCE, verb)]),
    ]);
    for (const verb of verbs) {
      const below = options.get(verb)?.matchAll(new RegExp(`^ {2}source-tiktok-ads ${verb} (\\w+)`, 'gm')) ?? [];
      for (const [, word = ''] of below) options.set(`${verb} ${word}`, help(SOURCE, verb, word));
    }
    expect(options.get('state merge')).toContain('state merge');
    const mistakes = new Set<string>();
    for (const page of pages) {
      for (const code of codeOf(page)) {
        for (const [, name = '', rest = ''] of code
          .replaceAll(/\\\n\s*/g, ' ')
          .matchAll(/(?:^|[\s(])(source-tiktok-ads|tap-tiktok-ads)((?: [^|&;#<>\n)]*)?)/g)) {
          const [verb = '', ...words] =
            name === 'tap-tiktok-ads' ? ['tap', ...rest.trim().split(/\s+/)] : rest.trim().split(/\s+/);
          if (!/^[a-z]+$/.test(verb) || (name === 'tap-tiktok-ads' && !words[0]?.startsWith('-'))) continue;
          const known = options.get(`${verb} ${words[0]}`) ?? options.get(verb);
          if (known === undefined) mistakes.add(`${page}: ${name} ${verb}`);
          for (const option of words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.split('=')[0] ?? '')) {
            if (!known?.includes(option)) mistakes.add(`${page}: ${name} ${verb} ${option}`);
          }
        }
      }
    }
    expect([...mistakes]).toEqual([]);
  });

  it('gives each direct dependency a reason, and names no other', () => {
    const section = text('ARCHITECTURE.md').split('## Direct dependencies')[1] ?? '';
    const named = [...section.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    );
    expect(named.sort()).toEqual(
      Object.keys({
        ...packageJson.dependencies,
        ...packageJson.optionalDependencies,
        ...packageJson.devDependencies,
      }).sort(),
    );
  });

  // `npm run renew` runs the next two with `--update`, which renews the files.
  it('has in examples/compose the catalog of campaign_daily as discover answers it', async () => {
    const compose = join(ROOT, 'examples/compose');
    const { stdout } = run(SOURCE, 'discover', '--config', join(compose, 'config.json'));
    const catalog = { streams: configuredCatalog(stdout).streams.slice(0, 1) };
    await expect(`${JSON.stringify(catalog, null, 2)}\n`).toMatchFileSnapshot(join(compose, 'catalog.json'));
  });

  it('shows in the README what the demo prints', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-demo-'));
    const { stdout } = run(SOURCE, 'demo', '--folder', folder);
    rmSync(folder, { recursive: true });
    const printed = stdout.replaceAll(ROOT, '…').split('\n');
    let shown = '';
    const renewed = text('README.md').replaceAll(/^```\n((?:✓|date )[\s\S]*?)^```/gm, (block, lines: string) => {
      shown += lines;
      const indent = lines.startsWith('✓') ? '' : '     ';
      return block.replace(lines, () => renewedLines(lines, printed, indent));
    });
    expect(shown).toContain('2026-03-14');
    expect(shown).toContain('✓ 4');
    await expect(renewed).toMatchFileSnapshot(join(ROOT, 'README.md'));
  });
});

/**
 * Lines of the demo, brought up to date: as they are where it still prints them but for the seconds, else by a line that it
 * prints in the same words with other figures.
 */
function renewedLines(lines: string, printed: readonly string[], indent: string): string {
  const withoutTimes = (line: string) => line.replaceAll(/\d+\.\d s\b/g, '… s');
  const words = (line: string) => line.replaceAll(/[\d.,]+/g, '#').replaceAll(/ +/g, ' ');
  const shown = new Set(lines.split('\n').map((line) => withoutTimes(indent + line)));
  const others = printed.filter((line) => !shown.delete(withoutTimes(line)));
  return lines.replaceAll(/.+/g, (line) => {
    if (!shown.has(withoutTimes(indent + line))) return line;
    const at = others.findIndex((other) => words(other) === words(indent + line));
    if (at < 0) expect.fail(`The demo does not print “${line}” any more: change README.md by hand.`);
    return (others.splice(at, 1)[0] ?? '').slice(indent.length);
  });
}

function run(program: string, ...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
}

/** Pages below a folder, without what is installed or built there. */
function markdownIn(folder: string, depth = 3): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (name.endsWith('.md')) return [relative('.', path)];
    const isFolder =
      depth > 1 && name !== 'node_modules' && !name.startsWith('.') && statSync(join(ROOT, path)).isDirectory();
    return isFolder ? markdownIn(path, depth - 1) : [];
  });
}

/** The anchors of a page's headings, as viewers of Markdown make them. */
function anchorsOf(page: string): string[] {
  return [...page.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
