import { Ajv, type ValidateFunction } from 'ajv';
import schema from './schemas/airbyte_message.json' with { type: 'json' };

/** A message of any source, as far as the requirements look at it. Every line has passed the schema before. */
export interface Message {
  readonly type: 'RECORD' | 'STATE' | 'LOG' | 'SPEC' | 'CONNECTION_STATUS' | 'CATALOG' | 'TRACE' | 'CONTROL';
  readonly record?: {
    readonly stream: string;
    readonly namespace?: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly emitted_at: number;
  };
  readonly state?: {
    readonly type: 'STREAM' | 'GLOBAL';
    readonly stream?: { readonly stream_descriptor: Descriptor; readonly stream_state?: JsonObject };
    readonly sourceStats?: { readonly recordCount?: number };
  };
  readonly log?: { readonly level: string; readonly message: string };
  readonly spec?: { readonly connectionSpecification: JsonObject; readonly advanced_auth?: JsonObject };
  readonly connectionStatus?: { readonly status: 'SUCCEEDED' | 'FAILED'; readonly message?: string };
  readonly catalog?: { readonly streams: readonly Stream[] };
  readonly trace?: {
    readonly type: 'ERROR' | 'ESTIMATE' | 'STREAM_STATUS' | 'ANALYTICS';
    readonly error?: {
      readonly message: string;
      readonly failure_type?: string;
      readonly stream_descriptor?: Descriptor;
    };
    readonly estimate?: { readonly type: string };
    readonly stream_status?: { readonly stream_descriptor: Descriptor; readonly status: string };
  };
}

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Descriptor {
  readonly name: string;
  readonly namespace?: string;
}

export interface Stream {
  readonly name: string;
  readonly json_schema: JsonObject & { readonly properties?: Readonly<Record<string, JsonObject>> };
  readonly supported_sync_modes: readonly string[];
  readonly source_defined_cursor?: boolean;
  readonly default_cursor_field?: readonly string[];
  readonly source_defined_primary_key?: readonly (readonly string[])[];
  readonly namespace?: string;
  readonly is_resumable?: boolean;
}

const ajv = new Ajv({ allErrors: true, strict: false });
const validate = ajv.compile(schema);
// The protocol lets every object have further keys; a key that nobody reads is most often one that was misspelled.
const validateKeys = ajv.compile(withoutFurtherKeys(schema) as object);

/** A line of standard output: its message when it is one, and what is wrong with it. */
export function readLine(line: string): { message?: Message; mistakes: string[]; unknownKeys: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { mistakes: ['is not JSON'], unknownKeys: [] };
  }
  if (!validate(value)) return { mistakes: mistakesOf(validate), unknownKeys: [] };
  const unknownKeys = validateKeys(value)
    ? []
    : (validateKeys.errors ?? [])
        .filter(({ keyword }) => keyword === 'additionalProperties')
        .map(({ instancePath, params }) => `${instancePath}/${String(params.additionalProperty)}`);
  return { message: value as unknown as Message, mistakes: [], unknownKeys };
}

/** What is wrong with a value by a schema, one phrase each. */
export function mistakesOf({ errors }: Pick<ValidateFunction, 'errors'>): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => {
    const detail = 'allowedValues' in params ? ` ${JSON.stringify(params.allowedValues)}` : '';
    return `${instancePath || 'the message'} ${message}${detail}`;
  });
}

/** The schema with every object closed that lists its properties. */
function withoutFurtherKeys(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutFurtherKeys);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    // The options of oneOf only tell which payload belongs to which type.
    Object.entries(node).flatMap(([key, value]) => (key === 'oneOf' ? [] : [[key, withoutFurtherKeys(value)]])),
  );
  const { properties } = node as { properties?: unknown };
  if ('type' in node && node.type === 'object' && properties) copy.additionalProperties = false;
  if ('$schema' in copy) delete copy.$schema;
  return copy;
}
