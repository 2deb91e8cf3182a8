import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageFile from '../../package.json' with { type: 'json' };
import spec from '../../spec.json' with { type: 'json' };
import { IMAGE, inspect } from '../docker/image.ts';
import { PROJECT_ROOT } from './python.ts';

interface Metadata {
  readonly metadataSpecVersion: string;
  readonly data: Readonly<Record<string, unknown>> & {
    readonly allowedHosts: { readonly hosts: readonly string[] };
    readonly connectorBuildOptions: { readonly baseImage: string };
  };
}

const read = (name: string) => readFile(join(PROJECT_ROOT, name), 'utf8');

let metadata: Metadata;

beforeAll(async () => {
  metadata = parse(await read('metadata.yaml'));
});

describe('metadata.yaml', () => {
  it('says what Airbyte wants to know of every connector', () => {
    expect(metadata.metadataSpecVersion).toBe('1.0');
    expect(metadata.data).toMatchObject({
      connectorType: 'source',
      connectorSubtype: 'api',
      definitionId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      documentationUrl: expect.stringMatching(/^https:\/\//),
      license: packageFile.license,
      name: expect.any(String),
      releaseStage: expect.stringMatching(/^(alpha|beta|generally_available|custom)$/),
      supportLevel: expect.stringMatching(/^(community|certified|archived)$/),
    });
  });

  it('names the image and version that are built', async () => {
    expect(metadata.data.dockerRepository).toBe(await inspect(IMAGE, '{{index .Config.Labels "io.airbyte.name"}}'));
    expect(metadata.data.dockerImageTag).toBe(packageFile.version);
    expect(await read('Dockerfile')).toContain(`ARG VERSION=${packageFile.version}\n`);
    const [base] = /node:\S+/.exec(await read('Dockerfile')) ?? [];
    expect(metadata.data.connectorBuildOptions.baseImage).toBe(base);
  });

  it('speaks the protocol of the specification', () => {
    expect(metadata.data.protocolVersion).toBe(spec.protocol_version);
  });

  it('allows the host that the configuration has as its default', () => {
    const { host } = new URL(spec.connectionSpecification.properties.api_url.default);
    expect(metadata.data.allowedHosts.hosts).toContain(host);
  });

  it('has an icon that is a square SVG without anything from elsewhere', async () => {
    const icon = await read(String(metadata.data.icon));
    expect(icon).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"/);
    expect(icon).not.toMatch(/href|<script|<image/);
  });
});

it.each(['docker-run', 'compose'])('the example %s runs the version that the project has', async (name) => {
  const text = (await read(`examples/${name}/README.md`)) + (await read(`examples/${name}/${FILES[name]}`));
  const versions = [...text.matchAll(/source-tiktok-ads:(\d[\w.-]*)/g)].map(([, version]) => version);
  expect(new Set(versions)).toEqual(new Set([packageFile.version]));
});

const FILES: Readonly<Record<string, string>> = { 'docker-run': 'sync.sh', compose: 'compose.yaml' };
