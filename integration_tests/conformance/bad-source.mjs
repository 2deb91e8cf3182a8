// A source with the faults that sources have. The suite has to find each of them; see bad-source.test.ts.
const [verb] = process.argv.slice(2);
const token = 'f00dfeedf00dfeedf00dfeed';
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const trace = (status) =>
  say({
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: Date.now(),
      stream_status: { stream_descriptor: { name: 'rows' }, status },
    },
  });
const state = (cursor, recordCount) =>
  say({
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: { name: 'rows' }, stream_state: { cursor } },
      sourceStats: { recordCount },
    },
  });

switch (verb) {
  case 'spec':
    process.stdout.write('Starting source\n');
    process.stderr.write('Starting source\n');
    say({
      type: 'SPEC',
      spec: {
        documentation_url: 'https://example.com',
        connectionSpecification: {
          type: 'object',
          additionalProperties: false,
          properties: { access_token: { type: 'string', title: 'Token', default: 'x' }, mode: { enum: ['a', 'a'] } },
        },
      },
    });
    break;
  case 'check':
    say({ type: 'LOG', log: { level: 'WARNING', message: 'looks good' } });
    process.stderr.write(`GET /?token=${token}\n`);
    break;
  case 'discover':
    say({
      type: 'CATALOG',
      catalog: {
        streams: [
          {
            name: 'rows',
            json_schema: {
              type: 'object',
              properties: { id: { type: 'string' }, count: { type: ['null', 'integer'] } },
            },
            supported_sync_modes: ['full_refresh', 'incremental'],
            source_defined_primary_key: [['key']],
            default_cursor_field: ['updated_at'],
          },
        ],
      },
    });
    break;
  default:
    trace('STARTED');
    for (let row = 0; row < 10; row++) {
      const data = `{"id":${row % 9},"count":${row}.0,"extra":1}`;
      process.stdout.write(
        `{"type":"RECORD","record":{"stream":"rows","data":${data},"emitted_at":${Math.floor(Date.now() / 1000)}}}\n`,
      );
    }
    state(1, 4);
    state(1, 0);
    trace('COMPLETE');
    process.stdout.write('{"type":"STA');
}
