import type { Audience } from '../sync/run.ts';
import { visibleLines } from '../wire/visible.ts';

/** By weight; the names of Python's logging, which every Singer program and runner speaks. */
export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** How the tap logs. */
export interface LogSettings {
  readonly level: LogLevel;
  /** JSON objects in place of text lines. */
  readonly structured: boolean;
}

/** One measurement (Singer's metrics: `INFO METRIC: {…}`). */
export interface MetricPoint {
  readonly type: 'counter' | 'timer';
  readonly metric: string;
  /** A count since the last point of this metric, or seconds. */
  readonly value: number;
  readonly tags: Readonly<Record<string, unknown>>;
}

/** The log of a tap: lines on stderr, as text or as JSON objects, never with a secret or a control character in them. */
export class Log {
  /** Set once the configuration is known; takes secrets out of a text. */
  redact: (text: string) => string = (text) => text;
  /** Takes what is logged, in place of the lines. */
  readonly audience: Audience | undefined;
  readonly #settings: LogSettings;
  readonly #write: (line: string) => void;
  readonly #now: () => Date;
  readonly #pid: number;

  /** @param deps `write` takes a line with its line break */
  constructor(
    settings: LogSettings,
    deps: { write: (line: string) => void; now: () => Date; pid: number; audience?: Audience | undefined },
  ) {
    this.audience = deps.audience;
    this.#settings = settings;
    this.#write = deps.write;
    this.#now = deps.now;
    this.#pid = deps.pid;
  }

  /** True where a line of this level is written. */
  isOn(level: LogLevel): boolean {
    return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(this.#settings.level);
  }

  debug(message: string): void {
    this.#line('DEBUG', message);
  }

  info(message: string): void {
    this.#line('INFO', message);
  }

  warning(message: string): void {
    this.#line('WARNING', message);
  }

  error(message: string): void {
    this.#line('ERROR', message);
  }

  /** The reason for which the program ends with a failure. */
  critical(message: string): void {
    this.#line('CRITICAL', message);
  }

  metric(point: MetricPoint): void {
    if (!this.isOn('INFO') || this.audience) return;
    const tagged = { ...point, tags: { ...point.tags, pid: this.#pid } };
    if (this.#settings.structured) this.#json('INFO', 'METRIC', { metric_info: tagged });
    else this.#write(`INFO METRIC: ${JSON.stringify(tagged)}\n`);
  }

  #line(level: LogLevel, message: string): void {
    if (!this.isOn(level)) return;
    const text = visibleLines(this.redact(message));
    if (this.audience) tellAudience(this.audience, level, text);
    else if (this.#settings.structured) this.#json(level, text, {});
    // A runner takes each line for a message, so one message stays on one line.
    else this.#write(`${level} ${onOneLine(text)}\n`);
  }

  /** The fields by which Meltano knows a structured line (`singer_sdk.logging.StructuredFormatter`). */
  #json(level: LogLevel, message: string, more: Readonly<Record<string, unknown>>): void {
    const line = {
      level: level.toLowerCase(),
      pid: this.#pid,
      logger_name: 'tap-tiktok-ads',
      ts: this.#now().getTime() / 1000,
      thread_name: 'MainThread',
      app_name: 'tap-tiktok-ads',
      stream_name: null,
      message,
      ...more,
      extra: {},
    };
    this.#write(`${JSON.stringify(line)}\n`);
  }
}

/** A person at the terminal learns of single advertisers and of the progress from the events of the read. */
function tellAudience(audience: Audience, level: LogLevel, text: string): void {
  if (level === 'CRITICAL') audience.fail(text);
  else if (level === 'WARNING') audience.warn(text);
  else if (level === 'DEBUG') audience.debug(text);
}

/** By splitting: a regular expression for blanks around line ends would backtrack over each blank. */
function onOneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' | ');
}
