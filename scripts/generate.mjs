// Writes the files that are generated from schemas: TypeScript types and compiled validators; the linter's rules on imports,
// see rooms.mjs; the generated tables of the pages, see generate-docs.mjs; and the version, see versions.mjs.
//
//   node scripts/generate.mjs           write them
//   node scripts/generate.mjs --check   write nothing; exit 1 and name the files that are stale
//   … --root FOLDER                     of another copy of the project
//
// The results are committed, so that nobody needs to run this to read, type-check or build the project.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';
import { generateDocs } from './generate-docs.mjs';
import { importRules } from './rooms.mjs';
import { withVersion } from './versions.mjs';

const ROOT = resolve(argument('--root') ?? resolve(import.meta.dirname, '..'));

/**
 * What is generated from what: add a row to have more. The schema of a stream needs none.
 *
 * - `schema`: a JSON file of the project, with an optional `#/pointer` into it
 * - `types`: the TypeScript file to write, `name` being the type it exports
 * - `validator`: the compiled ajv validator to write as an ES module with a default export; a `.d.ts` beside it declares
 *   that export as a type guard of `name` (the row needs `types` then)
 * - `discriminators`: pointers to `oneOf` objects (from the schema's root) with the name of the property that tells their
 *   options apart; the validator then reports the mistakes of the option meant instead of those of all options
 */
const ROWS = [
  ...(await streamSchemas()),
  {
    schema: 'spec.json#/connectionSpecification',
    name: 'RawConfig',
    types: 'src/config/spec.generated.ts',
    validator: 'src/config/validate-spec.generated.js',
    discriminators: { '/properties/credentials': 'auth_type' },
  },
  {
    schema: 'schemas/scenario.json',
    name: 'Scenario',
    types: 'src/emulator/faults/scenario.generated.ts',
    validator: 'src/emulator/faults/validate-scenario.generated.js',
  },
  {
    schema: 'schemas/configured_catalog.json',
    name: 'ConfiguredCatalog',
    types: 'src/airbyte/configured-catalog.generated.ts',
    validator: 'src/airbyte/validate-configured-catalog.generated.js',
  },
];

/** A row for each stream: `schemas/campaign_daily.json` gives the type `CampaignDaily` in a file beside the stream's own. */
async function streamSchemas() {
  const files = (await readdir(resolve(ROOT, 'schemas'))).filter((file) => file.endsWith('_daily.json')).sort();
  return files.map((file) => {
    const words = file.replace('.json', '').split('_');
    return {
      schema: `schemas/${file}`,
      name: words.map((word) => word[0].toUpperCase() + word.slice(1)).join(''),
      types: `src/streams/${words.join('-')}.generated.ts`,
    };
  });
}

/** The files of one row: path → text. */
async function generate(row) {
  const [file, pointer = ''] = row.schema.split('#');
  const schema = at(JSON.parse(await readFile(resolve(ROOT, file), 'utf8')), pointer);
  const banner = `// Generated from ${row.schema} by \`npm run generate\`; do not edit.`;
  const files = new Map();
  if (row.types) {
    files.set(
      row.types,
      await compile(named(schema, row.name), row.name, {
        bannerComment: banner,
        additionalProperties: true,
        enableConstEnums: false,
        // What a schema calls a closed list need not be one for the compiler to be of use; tuples of every length are not.
        ignoreMinAndMaxItems: true,
        style: { singleQuote: true, printWidth: 120 },
      }),
    );
  }
  if (row.validator) {
    const marked = without(schema, ANNOTATIONS);
    for (const [path, propertyName] of Object.entries(row.discriminators ?? {})) {
      const parent = at(marked, path);
      parent.discriminator = { propertyName };
      // ajv wants the discriminator among the required properties of every option.
      for (const option of parent.oneOf) option.required = [...new Set([...(option.required ?? []), propertyName])];
    }
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      discriminator: true,
      strict: false,
      // `format` is for forms; what the program relies on it checks itself, with a sentence of its own.
      validateFormats: false,
      code: { source: true, esm: true, lines: true },
    });
    files.set(row.validator, `${banner}\n// @ts-nocheck\n${asModule(standalone.default(ajv, ajv.compile(marked)))}`);
    files.set(
      row.validator.replace(/\.js$/, '.d.ts'),
      [
        banner,
        `import type { ErrorObject } from 'ajv';`,
        `import type { ${row.name} } from '${relativeImport(row.validator, row.types)}';`,
        '',
        '/** True for a value that keeps to the schema; else `errors` holds every mistake, with the value that it is about. */',
        'declare const validate: {',
        `  (value: unknown): value is ${row.name};`,
        '  errors?: ErrorObject[] | null;',
        '};',
        'export default validate;',
        '',
      ].join('\n'),
    );
  }
  return files;
}

/** ajv writes `require` for the few helpers it cannot inline, also in its ES modules. */
function asModule(code) {
  const imports = [];
  const body = code.replaceAll(/const (\w+) = require\("([^"]+)"\)(\.default)?;/g, (_all, name, path, isDefault) => {
    const module = path.endsWith('.js') ? path : `${path}.js`;
    imports.push(
      isDefault
        ? `import ${name}Module from '${module}';\nconst ${name} = ${name}Module.default ?? ${name}Module;`
        : `import ${name} from '${module}';`,
    );
    return '';
  });
  return `${imports.join('\n')}${imports.length ? '\n' : ''}${compiledAhead(body.trimEnd())}\n`;
}

/**
 * V8 compiles a function in parentheses together with its file, so that Node keeps it in its compile cache. Any other is
 * compiled when it is called: that of the configuration at each start.
 */
function compiledAhead(code) {
  if (code.match(/^function /gm).length > 1) return code;
  return `${code.replace(/^export .*\n/gm, '').replace(/^function /m, 'export default (function ')});`;
}

/** The generator names the type after the schema's title, and makes a type of every property that has one. */
function named(schema, name) {
  return { ...without(schema, ['title']), title: name };
}

// What forms show and programs do not need; it would otherwise be in the bundle twice.
const ANNOTATIONS = [
  'title',
  'description',
  'examples',
  'default',
  'order',
  'group',
  'groups',
  'display_type',
  'format',
];

/** A copy of a schema without some keywords. A property that happens to be called like one stays: its value is a schema. */
function without(schema, keywords) {
  if (Array.isArray(schema)) return schema.map((item) => without(item, keywords));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !keywords.includes(key) || isSchema(value))
      .map(([key, value]) => [key, without(value, keywords)]),
  );
}

function isSchema(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(document, pointer) {
  return pointer
    .split('/')
    .filter(Boolean)
    .reduce((value, key) => value[key], document);
}

function relativeImport(from, to) {
  return dirname(from) === dirname(to) ? `./${to.slice(dirname(to).length + 1)}` : `/${to}`;
}

function argument(name) {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

/** The schemas of all streams by name: the emulator makes the tables that a reader should have. */
async function schemaIndex() {
  const files = (await streamSchemas()).map(({ schema, name }) => ({
    schema,
    variable: name[0].toLowerCase() + name.slice(1),
    stream: schema.replace(/^schemas\/(.*)\.json$/, '$1'),
  }));
  return [
    '// Generated from schemas/ by `npm run generate`; do not edit.',
    ...files.map(({ schema, variable }) => `import ${variable} from '../../../${schema}' with { type: 'json' };`),
    '',
    'export const STREAM_SCHEMAS = {',
    ...files.map(({ stream, variable }) => `  ${stream}: ${variable},`),
    '};',
    '',
  ].join('\n');
}

/**
 * The form offers the metrics of the catalogue that no table has as a column. One that becomes a column stays on the list: a
 * configuration that names it must stay valid, and Airbyte checks it against the list, too.
 */
async function withMetricNames() {
  const { metrics } = JSON.parse(await readFile(resolve(ROOT, 'schemas/metrics.json'), 'utf8'));
  const columns = new Set();
  for (const { schema } of await streamSchemas()) {
    const { properties } = JSON.parse(await readFile(resolve(ROOT, schema), 'utf8'));
    for (const name of Object.keys(properties)) columns.add(name);
  }
  const spec = await readFile(resolve(ROOT, 'spec.json'), 'utf8');
  const offered = JSON.parse(spec).connectionSpecification.properties.additional_metrics.items.enum;
  const names = metrics.map(({ name }) => name).filter((name) => !columns.has(name) || offered.includes(name));
  const lines = names.sort().map((name) => `\n            ${JSON.stringify(name)}`);
  return spec.replace(
    /("additional_metrics": \{[\s\S]*?"items": )\{[^}]*\}/,
    (_all, begin) =>
      `${begin}{\n          "type": "string",\n          "enum": [${lines.join(',')}\n          ]\n        }`,
  );
}

const check = process.argv.includes('--check');
const stale = [];
await write(new Map([['spec.json', await withMetricNames()]]));
for (const row of ROWS) await write(await generate(row));
await write(new Map([['src/emulator/report/stream-schemas.generated.ts', await schemaIndex()]]));
await write(new Map([['import-rules.generated.json', importRules()]]));
await write(await withVersion(ROOT, await generateDocs(ROOT)));
if (check && stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
} else if (stale.length > 0) {
  console.log(`Written: ${stale.join(', ')}.`);
}

/** Writes what differs from what is there, or with `--check` only takes note of it. */
async function write(files) {
  for (const [path, text] of files) {
    const target = resolve(ROOT, path);
    const current = await readFile(target, 'utf8').catch(() => undefined);
    if (current === text) continue;
    stale.push(path);
    if (!check) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }
}
