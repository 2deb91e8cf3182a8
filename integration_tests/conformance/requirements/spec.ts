import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { type JsonObject, mistakesOf } from '../message.ts';
import type { Requirement } from '../requirement.ts';
import type { Session } from '../session.ts';

interface Node extends JsonObject {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
}

async function specificationOf(session: Session): Promise<Node> {
  const { messages } = await session.spec();
  const specification = messages.find(({ spec }) => spec)?.spec?.connectionSpecification;
  assert.ok(specification, 'there is no SPEC');
  return specification as Node;
}

/** Every schema in a specification with its path, the outermost first. */
function* schemasIn(node: Node, path = ''): Generator<{ readonly path: string; readonly node: Node }> {
  yield { path, node };
  for (const [name, property] of Object.entries(node.properties ?? {})) yield* schemasIn(property, `${path}/${name}`);
  for (const [index, option] of (node.oneOf ?? []).entries()) yield* schemasIn(option, `${path}/oneOf/${index}`);
  if (node.items) yield* schemasIn(node.items, `${path}/items`);
}

/** Every path array in advanced_auth that points into the configuration. */
function configPathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'path_in_connector_config' || key === 'predicate_key' || key === 'rootObject'
      ? [(member as unknown[]).map(String)]
      : configPathsIn(member),
  );
}

function resolves(node: Node, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  const property = node.properties?.[key];
  if (property && resolves(property, rest)) return true;
  return (node.oneOf ?? []).some((option) => resolves(option, [key, ...rest]));
}

const SECRET_NAMES =
  /^(client_token|access_token|api_token|token|secret|client_secret|password|api_key|refresh_token|app_id)$/;

export const spec: readonly Requirement[] = [
  {
    number: '2.1',
    says: 'connectionSpecification is a valid JSON schema (draft-07) of an object',
    source: 'Airbyte protocol, ConnectorSpecification',
    test: async (session) => {
      const specification = await specificationOf(session);
      const ajv = new Ajv({ strict: false });
      assert.equal(ajv.validateSchema(specification), true, ajv.errorsText());
      assert.equal(specification.type, 'object');
    },
  },
  {
    number: '2.2',
    says: 'a working configuration is valid by the specification',
    source: 'acceptance tests, test_config_match_spec',
    test: async (session) => {
      const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
        await specificationOf(session),
      );
      const config = Object.fromEntries(Object.entries(session.config).filter(([key]) => !key.startsWith('_')));
      assert.equal(validate(config), true, mistakesOf(validate).join('; '));
    },
  },
  {
    number: '2.3',
    says: 'the values of an enum differ from each other',
    source: 'acceptance tests, test_enum_usage',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        if (node.enum) assert.equal(new Set(node.enum).size, node.enum.length, path);
      }
    },
  },
  {
    number: '2.4',
    says: 'the parent of a oneOf is an object; its options have properties, a title, and one property in common whose const differs',
    source: 'acceptance tests, test_oneof_usage; specification reference',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        if (!node.oneOf) continue;
        assert.equal(node.type, 'object', path);
        const options = node.oneOf.map(({ properties = {} }) => properties);
        for (const option of node.oneOf) assert.ok(option.properties && option.title, path);
        const tags = Object.keys(options[0] ?? {}).filter((name) =>
          options.every((properties) => properties[name] && 'const' in properties[name]),
        );
        assert.equal(tags.length, 1, `${path} is told apart by ${tags.join(', ') || 'nothing'}`);
        const values = options.map((properties) => properties[tags[0] ?? '']?.const);
        assert.equal(new Set(values).size, values.length, `${path}: ${values.join(', ')}`);
      }
    },
  },
  {
    number: '2.5',
    says: 'there is no $ref, allOf, anyOf, not or if',
    source: 'specification reference; acceptance tests, test_defined_refs_exist_in_json_spec_file',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        for (const keyword of ['$ref', 'allOf', 'anyOf', 'not', 'if'])
          assert.ok(!(keyword in node), `${path}: ${keyword}`);
      }
    },
  },
  {
    number: '2.6',
    says: 'what is secret by its name is marked airbyte_secret, and nothing secret has a default',
    source: 'acceptance tests, test_secret_is_properly_marked',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        if (SECRET_NAMES.test(path.split('/').at(-1) ?? '')) assert.equal(node.airbyte_secret, true, path);
        if (node.airbyte_secret) assert.ok(!('default' in node), path);
      }
    },
  },
  {
    number: '2.7',
    says: 'every path of advanced_auth leads to a property of the specification',
    source: 'acceptance tests, test_oauth_flow_parameters',
    test: async (session) => {
      const specification = await specificationOf(session);
      const { messages } = await session.spec();
      for (const path of configPathsIn(messages.find(({ spec }) => spec)?.spec?.advanced_auth)) {
        assert.ok(resolves(specification, path), path.join('/'));
      }
    },
  },
  {
    number: '2.8',
    says: 'OAuth, where it is offered, is the first option of its oneOf',
    source: 'acceptance tests, test_oauth_is_default_method',
    test: async (session) => {
      const specification = await specificationOf(session);
      const { messages } = await session.spec();
      const auth = messages.find(({ spec }) => spec)?.spec?.advanced_auth as
        | { predicate_key?: string[]; predicate_value?: string }
        | undefined;
      const [parent, tag] = auth?.predicate_key ?? [];
      if (!parent || !tag) return;
      const first = specification.properties?.[parent]?.oneOf?.[0];
      if (first) assert.equal(first.properties?.[tag]?.const, auth?.predicate_value);
    },
  },
  {
    number: '2.9',
    says: 'additionalProperties is nowhere false: older configurations have to stay valid',
    source: 'acceptance tests, test_additional_properties_is_true',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        assert.notEqual(node.additionalProperties, false, path);
      }
    },
  },
  {
    number: '2.10',
    says: 'every property has a title and a description, and every required one exists',
    source: 'specification reference; UX handbook',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        for (const [name, property] of Object.entries(node.properties ?? {})) {
          if ('const' in property) continue;
          assert.ok(property.title && property.description, `${path}/${name}`);
        }
        for (const name of node.required ?? []) assert.ok(node.properties?.[name], `${path}: ${name}`);
      }
    },
  },
  {
    number: '2.11',
    says: 'the order of fields is unique within their group',
    source: 'specification reference, order',
    test: async (session) => {
      for (const { path, node } of schemasIn(await specificationOf(session))) {
        const places = Object.values(node.properties ?? {})
          .filter(({ order }) => order !== undefined)
          .map(({ group, order }) => `${String(group ?? '')} ${String(order)}`);
        assert.equal(new Set(places).size, places.length, path);
      }
    },
  },
];
