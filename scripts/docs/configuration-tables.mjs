import { table } from './markdown.mjs';

/** `spec.json` as tables: `credentials`, one `config-GROUP` for each group of the form, `config-hidden`, `tiers`. */
export function configurationTables({ properties, required, groups }, quotaByTier) {
  const all = Object.entries(properties).filter(([key]) => key !== 'credentials');
  const isHidden = ([, property]) => property.airbyte_hidden === true;
  const rows = (entries, needed, prefix = '') =>
    entries
      .sort(([, a], [, b]) => a.order - b.order)
      .flatMap(([key, property]) => [
        [`\`${prefix}${key}\``, valuesOf(property), defaultOf(property, needed.includes(key)), property.description],
        ...(property.properties ? rows(Object.entries(property.properties), [], `${prefix}${key}.`) : []),
      ]);
  const titles = ['key', 'value', 'default', 'meaning'];
  return [
    ['credentials', credentialTables(properties.credentials)],
    ...groups
      .filter(({ id }) => all.some((entry) => entry[1].group === id && !isHidden(entry)))
      .map(({ id }) => [
        `config-${id}`,
        table(
          titles,
          rows(
            all.filter((entry) => entry[1].group === id && !isHidden(entry)),
            required,
          ),
        ),
      ]),
    ['config-hidden', table(titles, rows(all.filter(isHidden), required))],
    [
      'tiers',
      table(
        ['`api_tier`', 'a second', 'a minute', 'a day (UTC)'],
        Object.entries(quotaByTier).map(([tier, { perSecond, perMinute, perDay }]) => [
          `\`${tier}\``,
          ...[perSecond, perMinute, perDay].map((count) => count.toLocaleString('en-US')),
        ]),
      ),
    ],
  ];
}

function credentialTables({ oneOf }) {
  return oneOf
    .map((option) => {
      const keys = Object.entries(option.properties).filter(([key]) => key !== 'auth_type');
      return [
        `### ${option.title}`,
        '',
        `\`auth_type\`: \`"${option.properties.auth_type.const}"\`. ${option.description}`,
        '',
        table(
          ['key', 'meaning'],
          keys.map(([key, property]) => [`\`credentials.${key}\``, property.description]),
        ),
      ].join('\n');
    })
    .join('\n\n');
}

function valuesOf({ type, items, enum: values, minimum, maximum, pattern_descriptor: descriptor, properties }) {
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (properties) return 'object';
  if (type === 'array')
    return items.enum
      ? 'list of [metrics](columns.md#additional-metrics)'
      : `list of texts, ${items.pattern_descriptor}`;
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'string') return descriptor ?? 'text';
  const name = type === 'integer' ? 'whole number' : 'number';
  if (maximum === undefined) return `${name}, at least ${minimum}`;
  return `${name}, ${minimum} to ${maximum}`;
}

function defaultOf({ default: value }, isRequired) {
  if (isRequired) return '**required**';
  if (value === undefined) return '–';
  return Array.isArray(value) ? 'empty' : `\`${value}\``;
}
