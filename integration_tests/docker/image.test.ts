import { describe, expect, it } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { runToSuccess } from '../orchestrators/run-program.ts';
import { BASE_IMAGE, IMAGE, inspect } from './image.ts';

/** The output of a shell in the image. */
const shell = async (command: string, ...options: string[]) =>
  (await runToSuccess('docker', ['run', '--rm', ...options, '--entrypoint', 'sh', IMAGE, '-c', command])).trim();

describe('the image', () => {
  it('names its entrypoint to Airbyte in the very words of ENTRYPOINT, by absolute paths', async () => {
    const entrypoint = await inspect(IMAGE, '{{join .Config.Entrypoint " "}}');
    expect(await shell('echo "$AIRBYTE_ENTRYPOINT"')).toBe(entrypoint);
    expect(entrypoint).toMatch(/^\/\S+$/);
  });

  it('runs as the user airbyte, 1000:1000, which owns its home', async () => {
    expect(await inspect(IMAGE, '{{.Config.User}}')).toBe('1000:1000');
    expect(await shell('id -un; id -gn; id -u; id -g')).toBe('airbyte\nairbyte\n1000\n1000');
    expect(await shell('getent passwd node || echo none')).toBe('none');
  });

  it('carries the labels that Airbyte reads', async () => {
    expect(await inspect(IMAGE, '{{index .Config.Labels "io.airbyte.name"}}')).toBe('source-tiktok-ads');
    expect(await inspect(IMAGE, '{{index .Config.Labels "io.airbyte.version"}}')).toBe(packageFile.version);
  });

  it('adds at most 10 MB to its base image', async () => {
    const [size, base] = await Promise.all([inspect(IMAGE, '{{.Size}}'), inspect(BASE_IMAGE, '{{.Size}}')]);
    expect(Number(size) - Number(base)).toBeLessThanOrEqual(10_000_000);
  });

  it('holds the programs and nothing else: no packages, no sources, no configuration', async () => {
    expect((await shell('ls -A /airbyte')).split('\n')).toEqual([
      'LICENSE',
      'compile-cache',
      'dist',
      'entrypoint.sh',
      'package.json',
    ]);
    expect(await shell('find /airbyte -name node_modules -o -name "*.ts" -o -name "*.map" | head -n 1')).toBe('');
  });

  it('has the licences of the packages in its programs', async () => {
    expect(await shell('cat dist/THIRD-PARTY-LICENSES.txt')).toMatch(/^axios \d/m);
  });

  it.each([
    ['spec'],
    ['check --config /absent.json'],
    ['discover --config /absent.json'],
    ['read --config /absent.json --catalog /absent.json'],
    ['tap --config /absent.json'],
  ])('compiles nothing for `%s`: the compiled code is there', async (verb) => {
    const told = await shell(
      `NODE_DEBUG_NATIVE=COMPILE_CACHE ./entrypoint.sh ${verb} 2>&1 || true`,
      '--network',
      'none',
    );
    const verdicts = [...told.matchAll(/V8 code cache for .*? was (\w+)/g)].map(([, verdict]) => verdict);
    expect(verdicts).toEqual(['accepted']); // Of the program; what it runs has compiled code of its own, below.
    expect(told).not.toContain('writing cache');
  });

  it('has for each use of its programs the compiled code of what that calls', async () => {
    const kept = await shell('ls compile-cache/*/ | grep "^run-protocol-" | sed "s/.*[.]js[.]//" | sort');
    expect(kept.split('\n')).toEqual(['--about', '--discover', 'check', 'discover', 'read'].sort());
  });

  it('has code, compiled or not, that its user cannot change', async () => {
    expect(await shell('find dist compile-cache entrypoint.sh -writable -o ! -user root')).toBe('');
  });

  it('has nothing that is bound to one architecture', async () => {
    // Every ELF file begins with 7f 45 4c 46.
    const search = `find /airbyte -type f -exec sh -c 'head -c 4 "$1" | od -An -tx1 | grep -q "7f 45 4c 46" && echo "$1"' _ {} \\;`;
    expect(await shell(search)).toBe('');
  });

  it('has what the commands of the Airbyte platform call', async () => {
    expect(
      await shell('for program in sh kill sleep mv cat; do command -v $program >/dev/null || echo $program; done'),
    ).toBe('');
  });

  it('works in UTC', async () => {
    expect(await shell('date +%Z')).toBe('UTC');
  });
});
