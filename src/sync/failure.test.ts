import { expect, it } from 'vitest';
import { expectOrder } from '../testing/expect-order.ts';
import { CODELESS, ERROR_CODES, type ErrorCodeEntry, MESSAGE_RULES, UNLISTED } from '../tiktok/error-codes.ts';
import { codelessError } from '../tiktok/errors.ts';
import { openEnvelope } from '../tiktok/http/envelope.ts';
import { advertiserFailure, describeError, sentencesOf, sentencesOfAll } from './failure.ts';
import { WindowError } from './read/window-result.ts';

const ADVERTISER = { id: '7000000000000000001', name: 'Brand' };
const WINDOW = { from: '2026-01-01', to: '2026-01-30' };

/** The error that the client makes of an answer with a code. */
function answered(code: number, message: string): unknown {
  const body = Buffer.from(JSON.stringify({ code, message, request_id: 'REQUEST' }));
  try {
    openEnvelope({ status: 200, body }, { path: 'report/', advertiserId: ADVERTISER.id, redact: (text) => text });
  } catch (error) {
    return error;
  }
  throw new Error(`code ${code} is no failure`);
}

const coded: [code: number, words: string, ErrorCodeEntry][] = [
  ...Object.entries(ERROR_CODES).map(([code, entry]): [number, string, ErrorCodeEntry] => [
    Number(code),
    'WORDS',
    entry,
  ]),
  ...MESSAGE_RULES.flatMap(({ codes, example, entry }) =>
    codes.map((code): [number, string, ErrorCodeEntry] => [code, example, entry]),
  ),
  [59_999, 'WORDS', UNLISTED.service],
  [44_444, 'WORDS', UNLISTED.caller],
];

it.each(coded)(
  'code %i, "%s": says what it means, what to do, advertiser and days, then code, words and request id',
  (code, words, { meaning, advice }) => {
    const said = [`code ${code}`, words, 'REQUEST'];
    const error = answered(code, words);
    const { message } = advertiserFailure(ADVERTISER, error, { window: WINDOW });
    expectOrder(message, [meaning, advice, `${ADVERTISER.id} (Brand), 2026-01-01..2026-01-30`, ...said]);
    expect(message.startsWith(meaning)).toBe(true);
    expectOrder(sentencesOf(describeError(error)), [meaning, advice, ADVERTISER.id, ...said]);
  },
);

it.each(Object.entries(CODELESS))(
  'without a code, %s: says what it means, what to do, advertiser and days, then what happened',
  (_name, { meaning, advice, ...entry }) => {
    const error = codelessError({ meaning, advice, ...entry }, 'HAPPENED.');
    const { message } = advertiserFailure(ADVERTISER, error, { stream: 'ad_daily', window: WINDOW });
    expect(message).toBe(
      `${meaning} ${advice} Advertiser ${ADVERTISER.id} (Brand), ad_daily, 2026-01-01..2026-01-30: HAPPENED.`,
    );
    expect(sentencesOf(describeError(error))).toBe(`${meaning} ${advice} HAPPENED.`);
  },
);

it('a day that never adds up has advertiser and day at its end', () => {
  const { message } = advertiserFailure(ADVERTISER, new WindowError('It never added up.', 'Run again later.'), {
    window: { from: '2026-01-05', to: '2026-01-05' },
  });
  expect(message).toBe(`It never added up. Run again later. Advertiser ${ADVERTISER.id} (Brand), 2026-01-05.`);
});

it('a fault of our own says so first, and what happened last', () => {
  expectOrder(advertiserFailure(ADVERTISER, new TypeError('x is undefined')).message, [
    'This is a fault of the connector.',
    'report it',
    ADVERTISER.id,
    'x is undefined',
  ]);
});

it('what several advertisers share is said once, and before the first of them', () => {
  const failures = ['1', '2'].map((id) => advertiserFailure({ id }, answered(40001, `NO ${id}`), { window: WINDOW }));
  const [{ meaning, advice } = { meaning: '', advice: '' }] = failures;
  const message = sentencesOfAll(failures, 3);
  expectOrder(message, [meaning, advice, 'Advertiser 1', 'NO 1', 'Advertiser 2', 'NO 2']);
  expect(message.split(meaning)).toHaveLength(2);
  expect(message.split(advice)).toHaveLength(2);
});
