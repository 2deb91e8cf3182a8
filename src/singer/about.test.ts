import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { aboutTap, formatAbout } from './about.ts';

const SCHEMA: JsonObject = {
  type: 'object',
  required: ['credentials', 'start'],
  groups: [{ id: 'account' }],
  properties: {
    credentials: {
      type: 'object',
      group: 'account',
      oneOf: [
        {
          title: 'App',
          required: ['kind', 'app', 'token'],
          properties: {
            kind: { type: 'string', const: 'app', order: 0 },
            app: { type: 'string', description: 'The app.' },
            token: { type: 'string', description: 'The token.', airbyte_secret: true },
          },
        },
        {
          title: 'Token',
          required: ['kind', 'token'],
          properties: {
            kind: { type: 'string', const: 'token' },
            token: { type: 'string', airbyte_secret: true },
          },
        },
      ],
    },
    start: { type: 'string', title: 'Start', description: 'First day | or later.', order: 1 },
    order: { type: 'integer', default: 7, title: 'A setting named like a keyword' },
  },
};
const PROGRAM = { name: 'tap-x', description: 'Reads x.', version: '1.2.3' };
const about = aboutTap(PROGRAM, SCHEMA);

describe('what a tap says of itself', () => {
  it('as JSON: its settings as a schema in which secrets are marked and nothing speaks of forms', () => {
    expect(JSON.parse(formatAbout(about, SCHEMA, 'json'))).toEqual({
      ...PROGRAM,
      capabilities: ['catalog', 'properties', 'discover', 'state', 'about', 'test', 'structured-logging'],
      settings: {
        type: 'object',
        required: ['credentials', 'start'],
        properties: {
          credentials: {
            type: 'object',
            oneOf: [
              {
                title: 'App',
                required: ['kind', 'app', 'token'],
                properties: {
                  kind: { type: 'string', const: 'app' },
                  app: { type: 'string', description: 'The app.' },
                  token: { type: 'string', description: 'The token.', secret: true, writeOnly: true },
                },
              },
              {
                title: 'Token',
                required: ['kind', 'token'],
                properties: {
                  kind: { type: 'string', const: 'token' },
                  token: { type: 'string', secret: true, writeOnly: true },
                },
              },
            ],
          },
          start: { type: 'string', title: 'Start', description: 'First day | or later.' },
          order: { type: 'integer', default: 7, title: 'A setting named like a keyword' },
        },
      },
    });
  });

  it('as Markdown: a table of settings', () => {
    expect(formatAbout(about, SCHEMA, 'markdown')).toBe(`# tap-x

Reads x.

Version 1.2.3.

## Capabilities

* \`catalog\`
* \`properties\`
* \`discover\`
* \`state\`
* \`about\`
* \`test\`
* \`structured-logging\`

## Settings

| Setting | Required | Default | Description | Variable |
|:--------|:---------|:--------|:------------|:---------|
| \`credentials.kind\` | yes |  | One of \`app\`, \`token\`. | \`TAP_TIKTOK_ADS_CREDENTIALS__KIND\` |
| \`credentials.app\` | no |  | The app. | \`TAP_TIKTOK_ADS_CREDENTIALS__APP\` |
| \`credentials.token\` (secret) | yes |  | The token. | \`TAP_TIKTOK_ADS_CREDENTIALS__TOKEN\` |
| \`start\` | yes |  | First day \\| or later. | \`TAP_TIKTOK_ADS_START\` |
| \`order\` | no | \`7\` | A setting named like a keyword | \`TAP_TIKTOK_ADS_ORDER\` |
`);
  });

  it('as text: the same for people', () => {
    expect(formatAbout(about, SCHEMA, 'text')).toBe(`Name: tap-x
Description: Reads x.
Version: 1.2.3
Capabilities: catalog, properties, discover, state, about, test, structured-logging
Settings:
  credentials.kind (string, required)
    One of \`app\`, \`token\`.
  credentials.app (string)
    The app.
  credentials.token (string, required, secret)
    The token.
  start (string, required)
    First day | or later.
  order (integer, default 7)
    A setting named like a keyword
Variables for --config ENV: TAP_TIKTOK_ADS_<SETTING>, with __ for each dot
`);
  });
});
