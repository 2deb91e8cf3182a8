import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Log, type LogLevel } from './log.ts';
import { logSettings } from './log-settings.ts';

function logInto(lines: string[], level: LogLevel, structured: boolean): Log {
  const now = () => new Date('2026-03-15T12:00:07.215Z');
  return new Log({ level, structured }, { write: (line) => lines.push(line), now, pid: 42 });
}

const POINT = { type: 'counter', metric: 'record_count', value: 3, tags: { stream: 'campaign_daily' } } as const;

describe('text lines', () => {
  it('begin with their level', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'DEBUG', false);
    log.debug('a');
    log.info('b');
    log.warning('c');
    log.error('d');
    log.critical('e');
    log.metric(POINT);
    expect(lines).toEqual([
      'DEBUG a\n',
      'INFO b\n',
      'WARNING c\n',
      'ERROR d\n',
      'CRITICAL e\n',
      'INFO METRIC: {"type":"counter","metric":"record_count","value":3,"tags":{"stream":"campaign_daily","pid":42}}\n',
    ]);
  });

  it('hold no line break, for a runner takes each line as a message', () => {
    const lines: string[] = [];
    logInto(lines, 'INFO', false).error('one\n  two\r\nthree');
    expect(lines).toEqual(['ERROR one | two | three\n']);
  });

  it('of 100,000 blanks are written at once', () => {
    const lines: string[] = [];
    const begun = performance.now();
    logInto(lines, 'INFO', false).error(`a${' '.repeat(100_000)}b`);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(lines[0]).toHaveLength(100_009);
  });

  it('below the level are not written', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'WARNING', false);
    log.info('quiet');
    log.metric(POINT);
    log.warning('loud');
    expect(lines).toEqual(['WARNING loud\n']);
  });
});

describe('structured lines', () => {
  it('are JSON objects with the fields by which Meltano knows them', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'INFO', true);
    log.warning('two\nlines');
    log.metric(POINT);
    const common = {
      pid: 42,
      logger_name: 'tap-tiktok-ads',
      ts: 1773576007.215,
      thread_name: 'MainThread',
      app_name: 'tap-tiktok-ads',
      stream_name: null,
      extra: {},
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...common, level: 'warning', message: 'two\nlines' },
      { ...common, level: 'info', message: 'METRIC', metric_info: { ...POINT, tags: { ...POINT.tags, pid: 42 } } },
    ]);
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  });
});

it('takes secrets out of every message', () => {
  const lines: string[] = [];
  for (const structured of [false, true]) {
    const log = logInto(lines, 'INFO', structured);
    log.redact = (text) => text.replaceAll('token-1', '***');
    log.error('refused token-1');
  }
  expect(lines.join('')).not.toContain('token-1');
  expect(lines.join('').match(/refused \*\*\*/g)).toHaveLength(2);
});

describe('where the log settings come from', () => {
  const meltanoFile = (level: string, formatter: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'singer-log-')), 'log.json');
    const formatters = { structured: { '()': formatter } };
    writeFileSync(path, JSON.stringify({ version: 1, formatters, root: { level, handlers: ['console'] } }));
    return path;
  };
  const structuredFile = meltanoFile('WARNING', 'singer_sdk.logging.StructuredFormatter');

  it.each([
    { says: 'nothing said: INFO as text', env: {}, settings: { level: 'INFO', structured: false } },
    {
      says: "Meltano's file decides level and form",
      env: { SINGER_SDK_LOG_CONFIG: structuredFile },
      settings: { level: 'WARNING', structured: true },
    },
    {
      says: 'another formatter means text',
      env: { SINGER_SDK_LOG_CONFIG: meltanoFile('ERROR', 'logging.Formatter') },
      settings: { level: 'ERROR', structured: false },
    },
    {
      says: 'LOGLEVEL goes before the file',
      env: { SINGER_SDK_LOG_CONFIG: structuredFile, LOGLEVEL: 'debug' },
      settings: { level: 'DEBUG', structured: true },
    },
    {
      says: "the tap's own variable goes before LOGLEVEL",
      env: { LOGLEVEL: 'debug', TAP_TIKTOK_ADS_LOGLEVEL: 'fatal' },
      settings: { level: 'CRITICAL', structured: false },
    },
    { says: "Python's numbers are known", env: { LOGLEVEL: '30' }, settings: { level: 'WARNING', structured: false } },
  ])('$says', ({ env, settings }) => {
    expect(logSettings(env, false)).toEqual({ settings, warnings: [] });
  });

  it('is overruled by --debug', () => {
    expect(logSettings({ LOGLEVEL: 'ERROR' }, true).settings.level).toBe('DEBUG');
  });

  it('warns of what it cannot use and goes on', () => {
    const { settings, warnings } = logSettings({ LOGLEVEL: 'LOUD', SINGER_SDK_LOG_CONFIG: '/none/such.json' }, false);
    expect(settings).toEqual({ level: 'INFO', structured: false });
    expect(warnings).toEqual([expect.stringContaining('cannot be read'), expect.stringContaining('"LOUD"')]);
  });
});
