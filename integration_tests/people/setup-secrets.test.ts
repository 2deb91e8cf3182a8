import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';

const PROGRAM = resolve(import.meta.dirname, '../../dist/source-tiktok-ads.js');

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'setup-secrets-'));
});
afterEach(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** `setup` by flags into `brand`. */
async function setup(...args: string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(
    process.execPath,
    [
      ...[PROGRAM, 'setup', '--api-url', emulator.apiUrl, '--auth-code', emulator.issueAuthCode()],
      ...['--app-id', emulator.credentials.app_id, '--name', 'Brand', '--start-date', '2026-03-01', ...args],
    ],
    { cwd: folder, env: environment({ TARGET_POSTGRES_PASSWORD: 'pass word' }), stdio: 'pipe' },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    XDG_STATE_HOME: join(folder, '.state'),
    TIKTOK_APP_SECRET: emulator.credentials.secret,
    ...more,
  };
}

const git = (...args: string[]): string => execFileSync('git', args, { cwd: join(folder, 'brand'), encoding: 'utf8' });

/** What `git add --all` would put into the next commit, and what of it holds a secret. */
async function secretsInGit(): Promise<string[]> {
  git('add', '--all');
  const { access_token } = JSON.parse(await readFile(join(folder, 'brand/config.json'), 'utf8')).credentials;
  const staged = git('diff', '--cached', '--name-only').split('\n').filter(Boolean);
  expect(staged).toContain('run.sh');
  const secrets = [emulator.credentials.secret, access_token, 'pass word'];
  return staged.filter((path) => secrets.some((secret) => git('show', `:${path}`).includes(secret)));
}

const MELTANO = ['--target', 'meltano', '--database', 'warehouse'];

describe('a git repository that setup writes into', () => {
  it('is given no secret when it holds a Meltano project with a .gitignore of its own', async () => {
    await mkdir(join(folder, 'brand'));
    git('init', '--quiet');
    await writeFile(join(folder, 'brand/meltano.yml'), 'version: 1\n');
    await writeFile(join(folder, 'brand/.gitignore'), '.meltano/\n!config.json\n!.env');
    expect((await setup(...MELTANO)).code).toBe(0);
    expect(await secretsInGit()).toEqual([]);
    expect(await readFile(join(folder, 'brand/.gitignore'), 'utf8')).toContain('.meltano/\n!config.json\n!.env\n');
  });

  it.each([
    { target: 'Meltano', args: MELTANO },
    { target: 'docker run', args: ['--target', 'docker'] },
  ])('is given no secret by the copies that a second run keeps, $target', async ({ args }) => {
    expect((await setup(...args)).code).toBe(0);
    git('init', '--quiet');
    expect((await setup(...args, '--replace')).code).toBe(0);
    expect(await secretsInGit()).toEqual([]);
  });

  it('is given nothing at all where git records the secret’s file already', async () => {
    await mkdir(join(folder, 'brand'));
    git('init', '--quiet');
    await writeFile(join(folder, 'brand/config.json'), '{}');
    git('add', 'config.json');
    const { code, output } = await setup('--replace');
    expect(output).toContain('git rm --cached');
    expect(code).toBe(1);
    expect(await readFile(join(folder, 'brand/config.json'), 'utf8')).toBe('{}');
  });
});

describe('the browser that setup opens', () => {
  it('is given a file that only its owner can read, and not the address', async () => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await writeFile(
      join(bin, 'xdg-open'),
      `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/opened.partial'\nmv '${folder}/opened.partial' '${folder}/opened'\n`,
    );
    await chmod(join(bin, 'xdg-open'), 0o755);
    const child = spawn(process.execPath, [PROGRAM, 'setup', '--port', '0', '--api-url', emulator.apiUrl], {
      cwd: folder,
      env: environment({ PATH: `${bin}:${process.env.PATH}` }),
      stdio: 'pipe',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    try {
      await expect.poll(() => existsSync(join(folder, 'opened')), { timeout: 15_000 }).toBe(true);
      const opened = (await readFile(join(folder, 'opened'), 'utf8')).trim();
      const [, address = 'none'] = /(http:\S+)/.exec(output) ?? [];
      expect(opened).toMatch(/^file:/);
      expect(opened).not.toContain(address.split('/').at(-1));
      const file = fileURLToPath(opened);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(file, 'utf8')).toContain(address);
      expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
      await expect.poll(() => existsSync(file), { timeout: 15_000 }).toBe(false);
    } finally {
      child.kill();
      await once(child, 'close');
    }
  });
});
