import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** What names the version, beside docs. */
const VERSIONED = [
  'package.json',
  'Dockerfile',
  'metadata.yaml',
  'README.md',
  'examples',
  'integration_tests/orchestrators/standard',
];
const folder = mkdtempSync(join(tmpdir(), 'generated-'));

beforeAll(() => {
  for (const part of [
    'spec.json',
    'schemas',
    'src',
    'docs',
    'benchmarks/results.json',
    'ARCHITECTURE.md',
    ...VERSIONED,
  ])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function generate(...options: string[]) {
  return spawnSync(process.execPath, [join(ROOT, 'scripts', 'generate.mjs'), ...options], { encoding: 'utf8' });
}

describe('generated files', () => {
  it('are those of the schemas, as committed', () => {
    const { status, stderr } = generate('--check');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('name the version of package.json', () => {
    const path = join(folder, 'package.json');
    const packageJson = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    writeFileSync(path, JSON.stringify({ ...packageJson, version: '12.34.56' }));
    expect(generate('--root', folder).status).toBe(0);
    for (const file of [
      'Dockerfile',
      'metadata.yaml',
      'README.md',
      'docs/pipelines.md',
      'examples/compose/compose.yaml',
    ])
      expect(readFileSync(join(folder, file), 'utf8'), file).toContain('12.34.56');
    // Not after "==": a dependency may have the same version.
    const old = spawnSync(
      'grep',
      ['-rnE', `(^|[^=0-9.])${packageJson.version.replaceAll('.', '\\.')}([^0-9.]|$)`, ...VERSIONED, 'docs'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(old.stdout).toBe('');
    writeFileSync(path, JSON.stringify(packageJson));
    expect(generate('--root', folder).status).toBe(0);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(readFileSync(join(ROOT, 'README.md'), 'utf8'));
  });

  it('are named when a schema changed, brought up to date by running it, and say so on line one', () => {
    const path = join(folder, 'spec.json');
    const spec = readFileSync(path, 'utf8');
    writeFileSync(path, spec.replace('"lookback_days"', '"days_to_look_back"'));
    // A metric that operators can add becomes a column.
    const table = join(folder, 'schemas/ad_daily.json');
    const column = '"likes": { "type": ["null", "integer"] }';
    writeFileSync(table, readFileSync(table, 'utf8').replace('"spend": {', `${column}, "spend": {`));
    const before = generate('--check', '--root', folder);
    expect(before.status).toBe(1);
    expect(before.stderr).toContain('src/config/spec.generated.ts');
    expect(before.stderr).toContain('src/config/validate-spec.generated.js');
    expect(before.stderr).toContain('docs/configuration.md');

    expect(generate('--root', folder).status).toBe(0);
    expect(generate('--check', '--root', folder).status).toBe(0);
    const written = readFileSync(join(folder, 'src/config/spec.generated.ts'), 'utf8');
    expect(written).toContain('days_to_look_back?: number');
    expect(readFileSync(join(folder, 'docs/configuration.md'), 'utf8')).toContain('| `days_to_look_back` |');
    expect(written.split('\n')[0]).toMatch(/^\/\/ Generated from spec\.json.*; do not edit\.$/);
    expect(readFileSync(join(folder, 'src/streams/ad-daily.generated.ts'), 'utf8')).toContain('likes?:');
    // Configurations that name the metric stay valid.
    const offered = (text: string) => JSON.parse(text).connectionSpecification.properties.additional_metrics.items.enum;
    expect(offered(spec)).toContain('likes');
    expect(offered(readFileSync(path, 'utf8'))).toEqual(offered(spec));
  });
});
