/**
 * What Meltano's Hub accepts as the definition of an extractor, as a JSON schema in our own words: the keys, which of
 * them are needed, and the words allowed in them (Meltano Hub, `schemas/plugin_definitions/extractors.schema.json` and
 * what it refers to).
 */
const text = { type: 'string' };
const texts = { type: 'array', items: text };

const setting = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: text,
    aliases: texts,
    label: text,
    value: {},
    placeholder: text,
    kind: {
      enum: [
        ...['oauth', 'hidden', 'password', 'date_iso8601', 'file', 'email'],
        ...['integer', 'options', 'object', 'array', 'boolean', 'string'],
      ],
    },
    description: text,
    tooltip: text,
    documentation: text,
    docs: text,
    protected: { type: 'boolean' },
    hidden: { type: 'boolean' },
    sensitive: { type: 'boolean' },
    env: text,
    value_processor: { enum: ['upcase_string', 'nest_object', 'stringify'] },
    value_post_processor: { enum: ['upcase_string', 'nest_object', 'stringify'] },
    options: { type: 'array', items: { type: 'object', properties: { label: text, value: text } } },
  },
};

export const hubExtractorSchema = {
  type: 'object',
  required: ['name', 'namespace', 'variant', 'label'],
  additionalProperties: false,
  properties: {
    name: text,
    namespace: text,
    variant: text,
    label: text,
    description: text,
    pip_url: text,
    executable: text,
    repo: text,
    docs: text,
    domain_url: { type: ['string', 'null'] },
    logo_url: { type: ['string', 'null'] },
    hidden: { type: 'boolean' },
    maintenance_status: { enum: ['active', 'beta', 'development', 'inactive', 'unknown'] },
    quality: { enum: ['gold', 'silver', 'bronze', 'unknown'] },
    keywords: texts,
    capabilities: {
      type: 'array',
      items: {
        enum: [
          ...['properties', 'catalog', 'discover', 'state', 'about', 'stream-maps', 'schema-flattening'],
          ...['activate-version', 'batch', 'test', 'log-based', 'structured-logging'],
        ],
      },
    },
    settings: { type: 'array', items: setting },
    settings_group_validation: { type: 'array', items: texts },
    select: texts,
    metadata: { type: 'object' },
    schema: { type: 'object' },
    commands: { type: 'object' },
    definition: text,
    prereq: text,
    usage: text,
    next_steps: text,
    settings_preamble: text,
  },
};
