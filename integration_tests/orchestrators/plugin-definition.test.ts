import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import spec from '../../spec.json' with { type: 'json' };
import { hubExtractorSchema } from './hub-rules.ts';
import { PROJECT_ROOT, pythonProgram, TAP_PROGRAM } from './python.ts';
import { runToSuccess } from './run-program.ts';

interface PluginSetting {
  readonly name: string;
  readonly kind: string;
  readonly sensitive?: boolean;
  readonly options?: readonly { readonly value: string }[];
}

interface Plugin {
  readonly capabilities: readonly string[];
  readonly settings: readonly PluginSetting[];
  readonly settings_group_validation?: readonly (readonly string[])[];
}

interface Property {
  readonly type: string;
  readonly pattern_descriptor?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly airbyte_secret?: boolean;
  readonly airbyte_hidden?: boolean;
}

const readYaml = async (path: string): Promise<unknown> => parse(await readFile(resolve(PROJECT_ROOT, path), 'utf8'));

let hubDefinition: Plugin;
let projectPlugin: Plugin;
let project: unknown;

beforeAll(async () => {
  hubDefinition = (await readYaml('examples/meltano/tap-tiktok-ads.yml')) as Plugin;
  project = await readYaml('examples/meltano/meltano.yml');
  const { plugins } = project as { plugins: { extractors: [Plugin] } };
  projectPlugin = plugins.extractors[0];
});

/** What `spec.json` lets an operator set, as Meltano names and classes it. */
function expectedSettings(): Omit<PluginSetting, 'options'>[] {
  const { credentials, ...others } = spec.connectionSpecification.properties as unknown as Record<string, Property>;
  const alternatives = (credentials as unknown as { oneOf: { properties: Record<string, Property> }[] }).oneOf;
  const inner = Object.assign({}, ...alternatives.map(({ properties }) => properties)) as Record<string, Property>;
  const named: [string, Property][] = [
    ...Object.entries(inner).map(([name, property]): [string, Property] => [`credentials.${name}`, property]),
    // Hidden from forms but for one: who tries the emulator needs its address.
    ...Object.entries(others)
      .filter(([name, { airbyte_hidden }]) => !airbyte_hidden || name === 'api_url')
      .flatMap(([name, property]): [string, Property][] =>
        property.properties
          ? Object.entries(property.properties).map(([key, value]) => [`${name}.${key}`, value])
          : [[name, property]],
      ),
  ];
  return named.map(([name, property]) => ({
    name,
    kind: kindOf(name, property),
    ...(property.airbyte_secret ? { sensitive: true } : {}),
  }));
}

function kindOf(name: string, { type, pattern_descriptor, enum: values }: Property): string {
  if (values || name === 'credentials.auth_type') return 'options';
  if (pattern_descriptor === 'YYYY-MM-DD') return 'date_iso8601';
  // Meltano 4.4 has `decimal` but cannot write one that came from the environment; the Hub does not know it.
  return type === 'number' ? 'integer' : type;
}

const plain = ({ name, kind, sensitive }: PluginSetting) => ({ name, kind, ...(sensitive ? { sensitive } : {}) });

describe('the Meltano plugin definition', () => {
  it('is one that the Hub accepts', () => {
    const validate = new Ajv({ allErrors: true }).compile(hubExtractorSchema);
    validate(hubDefinition);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has the settings of spec.json, secrets marked', () => {
    expect(hubDefinition.settings.map(plain)).toEqual(expectedSettings());
  });

  it('offers every value of a setting that has a list of them', () => {
    const tier = hubDefinition.settings.find(({ name }) => name === 'api_tier');
    expect(tier?.options?.map(({ value }) => value)).toEqual(spec.connectionSpecification.properties.api_tier.enum);
  });

  it('groups settings that exist', () => {
    const names = new Set(hubDefinition.settings.map(({ name }) => name));
    expect(hubDefinition.settings_group_validation?.flat().filter((name) => !names.has(name))).toEqual([]);
  });

  it('is the one that the example project uses', () => {
    expect(projectPlugin.settings.map(plain)).toEqual(hubDefinition.settings.map(plain));
    expect(projectPlugin.capabilities).toEqual(hubDefinition.capabilities);
  });

  it('claims no capability that the tap does not', async () => {
    const about = JSON.parse(await runToSuccess(TAP_PROGRAM, ['--about', '--format', 'json'])) as Plugin;
    expect(about.capabilities).toEqual(expect.arrayContaining([...hubDefinition.capabilities]));
  });
});

it("the example project is valid by Meltano's own schema", async () => {
  const program = [
    'import json, sys, importlib.resources, jsonschema',
    'schema = json.loads((importlib.resources.files("meltano") / "schemas/meltano.schema.json").read_text())',
    'validator = jsonschema.validators.validator_for(schema)(schema)',
    'print(json.dumps([error.message for error in validator.iter_errors(json.load(sys.stdin))]))',
  ].join('\n');
  const errors = await runToSuccess(pythonProgram('meltano', 'python'), ['-c', program], {
    input: JSON.stringify(project),
  });
  expect(JSON.parse(errors)).toEqual([]);
});
