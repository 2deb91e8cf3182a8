import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Requirement } from '../requirement.ts';

const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim();
const imageOf = (target: { readonly name: string }) => target.name.replace(/^image /, '');

export const image: readonly Requirement[] = [
  {
    number: '9.1',
    says: 'AIRBYTE_ENTRYPOINT is set and equals the entrypoint of the image, by absolute paths',
    source: 'Airbyte platform, container command; acceptance tests, test_image_environment_variables',
    only: 'image',
    test: async ({ target }) => {
      const [name, environment] = [imageOf(target), 'range .Config.Env'];
      const entrypoint = docker('inspect', '--format', '{{join .Config.Entrypoint " "}}', name);
      const variables = docker('inspect', '--format', `{{${environment}}}{{println .}}{{end}}`, name).split('\n');
      assert.ok(variables.includes(`AIRBYTE_ENTRYPOINT=${entrypoint}`), entrypoint);
      assert.match(entrypoint, /^\//);
    },
  },
  {
    number: '9.2',
    says: 'the labels io.airbyte.name and io.airbyte.version are set',
    source: 'acceptance tests, test_image_labels',
    only: 'image',
    test: async ({ target }) => {
      for (const label of ['io.airbyte.name', 'io.airbyte.version']) {
        assert.notEqual(
          docker('inspect', '--format', `{{index .Config.Labels "${label}"}}`, imageOf(target)),
          '',
          label,
        );
      }
    },
  },
  {
    number: '9.3',
    says: 'sh, kill, sleep and mv are there, and the user is not root',
    source: 'Airbyte platform, container command',
    only: 'image',
    test: async ({ target }) => {
      const script = 'for p in sh kill sleep mv; do command -v $p >/dev/null || echo "no $p"; done; id -u';
      const said = docker('run', '--rm', '--entrypoint', 'sh', imageOf(target), '-c', script);
      assert.match(said, /^[1-9]\d*$/);
    },
  },
  {
    number: '9.4',
    says: 'the verbs work from any working directory, by eval of AIRBYTE_ENTRYPOINT',
    source: 'Airbyte platform, container command',
    only: 'image',
    test: async ({ target }) => {
      const script = 'eval "$AIRBYTE_ENTRYPOINT spec"';
      const said = docker('run', '--rm', '--workdir', '/var', '--entrypoint', 'sh', imageOf(target), '-c', script);
      assert.match(said, /"type":\s*"SPEC"/);
    },
  },
];
