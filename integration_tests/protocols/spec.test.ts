import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import spec from '../../spec.json' with { type: 'json' };

// The rules that Airbyte's connector acceptance tests have for a specification (TestSpec), each under its name there.

type Schema = Readonly<Record<string, unknown>>;
interface Node {
  /** Names of properties and `oneOf[n]` from the root. */
  readonly path: readonly string[];
  readonly schema: Schema;
}

const root: Schema = spec.connectionSpecification;

function propertiesOf(schema: Schema): [string, Schema][] {
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>);
}

/** Every schema in the specification, the root first. */
function nodesOf(schema: Schema, path: readonly string[] = []): Node[] {
  const children: [string, Schema][] = [
    ...propertiesOf(schema),
    ...((schema.oneOf ?? []) as Schema[]).map((option, index): [string, Schema] => [`oneOf[${index}]`, option]),
    ...(schema.items ? [['items', schema.items as Schema] as [string, Schema]] : []),
  ];
  return [{ path, schema }, ...children.flatMap(([name, child]) => nodesOf(child, [...path, name]))];
}

const nodes = nodesOf(root);
const nameOf = ({ path }: Node) => path.join('.') || '(root)';
/** The names of the nodes that break a rule. */
const breaking = (rule: (node: Node) => boolean) => nodes.filter(rule).map(nameOf);
const oneOfs = nodes
  .filter(({ schema }) => schema.oneOf)
  .map((node) => ({ node, options: node.schema.oneOf as Schema[] }));

function at(path: readonly string[]): Schema | undefined {
  let candidates: Schema[] = [root];
  for (const key of path) {
    candidates = candidates
      .flatMap((schema) => [schema, ...((schema.oneOf ?? []) as Schema[])])
      .flatMap((schema) => propertiesOf(schema).filter(([name]) => name === key))
      .map(([, schema]) => schema);
  }
  return candidates[0];
}

const credentials = { auth_type: 'oauth2.0', app_id: '1', secret: 's', access_token: 't' };
const VALID = [
  { credentials, start_date: '2026-01-01' },
  {
    credentials: { auth_type: 'access_token', access_token: 't' },
    start_date: '2026-01-01',
    end_date: '2026-01-31',
    advertiser_ids: ['7000000000000000000'],
    exclude_advertiser_ids: [],
    lookback_days: 28,
    include_deleted: false,
    advertiser_columns: true,
    unavailable_advertisers: 'warn',
    reconcile: true,
    inconsistent_reports: 'warn',
    api_tier: 'premium',
    requests_per_second: 2.5,
    quota: { per_second: 1, per_minute: 2, per_day: 3, minute_pause_seconds: 4 },
    request_timeout_seconds: 30,
    patience_seconds: 60,
    api_url: 'http://127.0.0.1:8080/open_api/v1.3/',
  },
  {
    credentials: { auth_type: 'sandbox_access_token', access_token: 't', advertiser_id: '7' },
    start_date: '2020-12-08',
    a_key_of_a_later_version: true,
  },
];

describe('spec.json', () => {
  it.each(VALID.map((config) => ({ config, type: config.credentials.auth_type })))(
    'test_config_match_spec: a configuration with $type is valid',
    ({ config }) => {
      const validate = new Ajv({ strict: false, validateFormats: false }).compile(root);
      expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  it('test_config_match_spec: the schema is valid draft-07', () => {
    expect(root.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(new Ajv({ strict: false }).validateSchema(root)).toBe(true);
  });

  it('test_enum_usage: the values of an enum are distinct', () => {
    expect(
      breaking(({ schema: { enum: values } }) => Array.isArray(values) && new Set(values).size < values.length),
    ).toEqual([]);
  });

  it('test_oneof_usage: options are objects that one constant tells apart', () => {
    expect(oneOfs.length).toBeGreaterThan(0);
    for (const { node, options } of oneOfs) {
      expect(node.schema.type, nameOf(node)).toBe('object');
      expect(options.every((option) => option.type === 'object' && option.properties && option.title)).toBe(true);
      const shared = propertiesOf(options[0] as Schema)
        .map(([name]) => name)
        .filter((name) =>
          options.every((option) => 'const' in ((option.properties as Record<string, Schema>)[name] ?? {})),
        );
      expect(shared, nameOf(node)).toEqual(['auth_type']);
      const tags = options.map((option) => (option.properties as Record<string, Schema>).auth_type as Schema);
      expect(new Set(tags.map((tag) => tag.const)).size).toBe(options.length);
      expect(tags.filter((tag) => 'default' in tag || 'enum' in tag)).toEqual([]);
    }
  });

  it('test_required: what is required exists', () => {
    expect(
      breaking(({ schema }) =>
        ((schema.required ?? []) as string[]).some((key) => !(key in ((schema.properties ?? {}) as object))),
      ),
    ).toEqual([]);
    expect(root.required).toEqual(['credentials', 'start_date']);
  });

  it('test_optional: what is optional has a default, or says what its absence means', () => {
    const optional = propertiesOf(root).filter(([name]) => !(root.required as string[]).includes(name));
    const without = optional.filter(([, schema]) => !('default' in schema) && schema.type !== 'object');
    expect(without.filter(([, { description }]) => !/Leave it empty/.test(String(description)))).toEqual([]);
  });

  it('test_has_secret and test_secret_is_properly_marked: what is a secret by name is marked as one', () => {
    const SECRET_NAMES = [
      'app_id',
      'secret',
      'access_token',
      'token',
      'password',
      'key',
      'refresh_token',
      'client_secret',
    ];
    const named = nodes.filter(({ path, schema }) => SECRET_NAMES.includes(path.at(-1) ?? '') && !('const' in schema));
    expect(named.length).toBeGreaterThanOrEqual(5);
    expect(named.filter(({ schema }) => schema.airbyte_secret !== true || schema.type !== 'string')).toEqual([]);
    // The address of the shared quota's store holds its password.
    expect(
      breaking(({ path, schema }) => schema.airbyte_secret === true && !SECRET_NAMES.includes(path.at(-1) ?? '')),
    ).toEqual(['shared_quota.url']);
  });

  it('test_secret_never_in_output: no secret has an example or a default', () => {
    expect(
      breaking(({ schema }) => schema.airbyte_secret === true && ('examples' in schema || 'default' in schema)),
    ).toEqual([]);
  });

  it('test_property_type_is_not_array', () => {
    expect(breaking(({ schema }) => Array.isArray(schema.type))).toEqual([]);
  });

  it('test_object_not_empty', () => {
    expect(
      breaking(
        ({ path, schema }) =>
          path.length > 0 && schema.type === 'object' && !schema.oneOf && propertiesOf(schema).length === 0,
      ),
    ).toEqual([]);
  });

  it('test_array_type', () => {
    const ITEMS = ['object', 'string', 'number', 'integer'];
    expect(
      breaking(
        ({ schema }) => schema.type === 'array' && !ITEMS.includes(String((schema.items as Schema | undefined)?.type)),
      ),
    ).toEqual([]);
  });

  it('test_forbidden_complex_types', () => {
    const FORBIDDEN =
      'not anyOf patternProperties prefixItems allOf if then else dependentSchemas dependentRequired'.split(' ');
    expect(breaking(({ schema }) => FORBIDDEN.some((keyword) => keyword in schema))).toEqual([]);
  });

  it('test_date_pattern and test_date_format: dates have both, but for one that may be empty, which no format allows', () => {
    const isDated = (schema: Schema) => schema.format === 'date' || schema.format === 'date-time';
    const dated = nodes.filter(({ schema }) => isDated(schema) || /\{4\}-/.test(String(schema.pattern)));
    expect(dated.map(nameOf)).toEqual(['start_date', 'end_date']);
    const mayBeEmpty = ({ schema }: (typeof dated)[number]) => new RegExp(String(schema.pattern)).test('');
    expect(dated.filter((node) => !node.schema.pattern || isDated(node.schema) === mayBeEmpty(node))).toEqual([]);
  });

  it('patterns are explained to whoever fills in the form', () => {
    expect(breaking(({ schema }) => 'pattern' in schema && !schema.pattern_descriptor)).toEqual([]);
  });

  it('test_duplicate_order: every field has its own place', () => {
    for (const { schema, path } of nodes) {
      const orders = propertiesOf(schema).map(([, { order }]) => order);
      expect(
        orders.filter((order) => typeof order !== 'number'),
        path.join('.'),
      ).toEqual([]);
      expect(new Set(orders).size, path.join('.')).toBe(orders.length);
    }
  });

  it('test_nested_group: groups are used at the top only, and exist', () => {
    const ids = (root.groups as { id: string; title: string }[]).map(({ id }) => id);
    expect(breaking(({ path, schema }) => (path.length === 1) !== 'group' in schema)).toEqual([]);
    expect(new Set(propertiesOf(root).map(([, { group }]) => group))).toEqual(new Set(ids));
  });

  it('test_display_type', () => {
    expect(
      breaking(
        ({ schema }) =>
          'display_type' in schema && (!schema.oneOf || !['dropdown', 'radio'].includes(String(schema.display_type))),
      ),
    ).toEqual([]);
  });

  it('test_defined_refs_exist_in_json_spec_file: no references', () => {
    expect(JSON.stringify(spec)).not.toContain('"$ref"');
  });

  it('test_additional_properties_is_true', () => {
    expect(
      breaking(({ schema }) => schema.additionalProperties !== undefined && schema.additionalProperties !== true),
    ).toEqual([]);
  });

  it('every field has a title and a description', () => {
    expect(
      breaking(
        ({ path, schema }) =>
          path.at(-1) !== 'items' && !('const' in schema) && path.length > 0 && !(schema.title && schema.description),
      ),
    ).toEqual([]);
  });

  it('test_oauth_flow_parameters: every path leads to a field', () => {
    const auth = spec.advanced_auth;
    const { complete_oauth_output_specification: output, complete_oauth_server_output_specification: server } =
      auth.oauth_config_specification;
    const paths = [output, server].flatMap(({ properties }) =>
      Object.values(properties).map(({ path_in_connector_config: path }) => path),
    );
    expect(paths.length).toBe(3);
    for (const path of [auth.predicate_key, ...paths]) expect(at(path), path.join('.')).toBeDefined();
  });

  it('test_oauth_is_default_method: the first option is the one that OAuth fills in', () => {
    const [first] = root.properties ? ((at(['credentials']) as Schema).oneOf as Schema[]) : [];
    expect(((first as Schema).properties as Record<string, Schema>).auth_type?.const).toBe(
      spec.advanced_auth.predicate_value,
    );
  });
});
