import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseConfig } from '../../src/config/parse-config.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { freePort, startPostgres } from '../orchestrators/postgres.ts';
import { PROJECT_ROOT, pythonProgram, SOURCE_PROGRAM } from '../orchestrators/python.ts';
import { runProgram } from '../orchestrators/run-program.ts';

const MANIFEST = resolve(PROJECT_ROOT, 'examples/kubernetes/tiktok-ads.yaml');
const SECRETS = resolve(PROJECT_ROOT, 'examples/kubernetes/secrets.example.yaml');

// biome-ignore lint/suspicious/noExplicitAny: the schemas are what this file checks
const objects: any[] = [MANIFEST, SECRETS].flatMap((path) =>
  parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS()),
);
const objectOf = (kind: string, name: string) =>
  objects.find((one) => one.kind === kind && one.metadata.name === name) ?? expect.fail(`no ${kind} ${name}`);
const job = () => objectOf('CronJob', 'tiktok-ads').spec.jobTemplate.spec;
const sync = () => job().template.spec.containers[0];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const validate = (path: string, version: string) =>
  runProgram(pythonProgram('kubernetes', 'kubernetes-validate'), ['--strict', '-k', version, path]);

it.each(['1.31', '1.34', '1.37'])('is what Kubernetes %s takes', async (version) => {
  for (const path of [MANIFEST, SECRETS]) {
    const { exitCode, stdout, stderr } = await validate(path, version);
    expect(stdout + stderr + exitCode).toMatch(/0$/);
  }
});

it('would be refused with a misspelled key', async () => {
  const path = join(folder, 'misspelled.yaml');
  writeFileSync(path, readFileSync(MANIFEST, 'utf8').replace('backoffLimitPerIndex', 'backOffLimitPerIndex'));
  expect((await validate(path, '1.34')).exitCode).not.toBe(0);
});

it('keeps the rules that only the server knows', () => {
  const { completionMode, completions, parallelism, backoffLimitPerIndex, podReplacementPolicy, template } = job();
  expect({ completionMode, podReplacementPolicy, restartPolicy: template.spec.restartPolicy }).toEqual({
    completionMode: 'Indexed', // backoffLimitPerIndex is refused without
    podReplacementPolicy: 'Failed', // the only one beside a podFailurePolicy
    restartPolicy: 'Never', // what a podFailurePolicy needs
  });
  expect(backoffLimitPerIndex).toBeGreaterThan(0);
  expect(parallelism).toBe(completions);
  expect(sync().args).toContain(`--shard=$(SHARD)/${completions}`);
});

it('names only secrets and labels that are there', () => {
  const pods = [job().template, objectOf('StatefulSet', 'tiktok-quota').spec.template];
  const named = JSON.stringify(pods).matchAll(/"secretName":"([^"]+)"|"secret(?:Key)?Ref":{"name":"([^"]+)"/g);
  const secrets = [...named].map(([, volume, variable]) => volume ?? variable).sort();
  expect(secrets).toEqual(['tiktok-ads-config', 'tiktok-quota', 'warehouse']);
  for (const name of secrets) objectOf('Secret', name ?? '');
  const labels = pods.map((pod) => pod.metadata.labels);
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => spec.podSelector.matchLabels);
  expect(policies).toEqual(expect.arrayContaining(labels));
  expect(objectOf('Service', 'tiktok-quota').spec.selector).toEqual(labels[1]);
});

it('runs a quota store that answers only to the password of the secret', async () => {
  const { command, args } = objectOf('StatefulSet', 'tiktok-quota').spec.template.spec.containers[0];
  const port = await freePort();
  const password = objectOf('Secret', 'tiktok-quota').stringData.password;
  const [line] = args.map((text: string) => text.replace('valkey-server -', `redis-server - --port ${port}`));
  const store = spawn(command[0], [...command.slice(1), line], { env: { ...process.env, PASSWORD: password } });
  const client = (options: { password?: string }) =>
    new Redis({ port, lazyConnect: true, maxRetriesPerRequest: null, ...options }).on('error', () => {});
  const withPassword = client({ password });
  const withoutPassword = client({});
  try {
    expect(await withPassword.ping()).toBe('PONG');
    await expect(withoutPassword.ping()).rejects.toThrow('NOAUTH');
    expect(await withPassword.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(new URL(configOfSecret().shared_quota.url).password).toBe(password);
  } finally {
    withPassword.disconnect();
    withoutPassword.disconnect();
    store.kill('SIGKILL');
  }
});

it('has pods that fill the table, each its part', async () => {
  expect(parseConfig(configOfSecret()).sharedQuota?.url).toContain('tiktok-quota');
  const emulator = await startEmulator({ accounts: 12 });
  const postgres = await startPostgres();
  try {
    const config = { ...configOfSecret(), ...emulator.config({ start_date: '2026-03-01' }) };
    delete config.shared_quota;
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    const { host, database, user, port } = postgres;
    const env = { PGHOST: host, PGDATABASE: database, PGUSER: user, PGPORT: String(port) };
    expect(Object.keys(objectOf('Secret', 'warehouse').stringData)).toEqual(
      expect.arrayContaining(['PGHOST', 'PGDATABASE', 'PGUSER', 'PGPASSWORD']),
    );
    for (let shard = 0; shard < job().completions; shard++) {
      const args = sync().args.map((text: string) =>
        text.replace('$(SHARD)', String(shard)).replace('/config/', `${folder}/`),
      );
      const { exitCode, stderr } = await runProgram(process.execPath, [SOURCE_PROGRAM, ...args], { env });
      expect(stderr + exitCode).toMatch(/0$/);
    }
    const [found] = await postgres.query('SELECT count(*)::int AS rows FROM campaign_daily');
    expect(found).toEqual({ rows: [...emulator.expectedRows({ from: '2026-03-01', to: '2100-01-01' })].length });
  } finally {
    await postgres.stop();
    await emulator.close();
  }
});

const configOfSecret = () => JSON.parse(objectOf('Secret', 'tiktok-ads-config').stringData['config.json']);
