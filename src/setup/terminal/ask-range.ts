import * as prompts from '@clack/prompts';
import { addDays } from '../../sync/days.ts';
import { checkRange, type RangeChoice } from '../session/range-choice.ts';
import { SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import type { RangeView } from '../session/setup-view.ts';
import { viewOf } from '../session/view-of-session.ts';
import { describeEstimate } from './describe-estimate.ts';
import { answerOf, type Console, untilRight } from './prompt-answer.ts';

/** Asks for the historical range, says at once what it means, and lets it be changed until it is right. */
export async function askRange(session: SetupSession, at: Console): Promise<void> {
  const { range } = viewOf(session, {});
  let choice: RangeChoice = { ...range, endDate: range.endDate };
  let next: 'range' | 'details' | 'done' = 'range';
  while (next !== 'done') {
    choice = await untilRight(at, async () => {
      const asked: RangeChoice =
        next === 'details'
          ? await askDetails(choice, at, { last: session.lastToday, offered: range.offered })
          : {
              ...choice,
              startDate: await askStart(range, at, {
                isChange: session.startDate !== undefined,
                last: session.lastToday,
              }),
            };
      const means = describeEstimate(session.estimateRange(asked));
      prompts.log.message([describeChoice(asked), '', ...means].join('\n'), at);
      return asked;
    });
    next = await answerOf(
      prompts.select({
        ...at,
        message: 'Change details?',
        options: [
          { value: 'done' as const, label: 'No, go on' },
          { value: 'details' as const, label: 'Yes: last day, lookback, deleted campaigns, columns, tables' },
          { value: 'range' as const, label: 'Another first day' },
        ],
      }),
    );
  }
  session.setRange(choice);
}

async function askStart(
  { today, oldest, startDate, endDate, streams }: RangeView,
  at: Console,
  { isChange, last }: { readonly isChange: boolean; readonly last: string },
): Promise<string> {
  const from = (day: string, what: string): { value: string; label: string } => ({
    value: day,
    label: `${what}, from ${day}`,
  });
  const preset = await answerOf(
    prompts.select({
      ...at,
      message: 'Historical range: how far back the first run reads',
      options: [
        ...(isChange ? [from(startDate, 'As it is')] : []),
        from(addDays(today, -89), '90 days'),
        from(addDays(today, -29), '30 days'),
        from(`${today.slice(0, 4)}-01-01`, 'This year'),
        ...(oldest ? [{ ...from(oldest, 'All'), hint: 'when the oldest advertiser was opened' }] : []),
        { value: '', label: 'Another first day' },
      ],
    }),
  );
  if (preset) return preset;
  const typed = await answerOf(
    prompts.text({
      ...at,
      message: 'First day, for instance 2026-01-31',
      initialValue: startDate,
      validate: (day = '') => mistakeIn({ startDate: day.trim(), endDate, lookbackDays: 0, streams }, last),
    }),
  );
  return typed.trim();
}

async function askDetails(
  choice: RangeChoice,
  at: Console,
  { last, offered }: { readonly last: string; readonly offered: RangeView['offered'] },
): Promise<RangeChoice> {
  const endDate = await answerOf(
    prompts.text({
      ...at,
      message: 'Last day, if it is to stop at one (there is no schedule then)',
      placeholder: 'none: up to today, then every day',
      initialValue: choice.endDate ?? '',
      validate: (day) => mistakeIn({ ...choice, endDate: day?.trim() }, last),
    }),
  );
  const lookback = await answerOf(
    prompts.text({
      ...at,
      message: 'Lookback: past days that every run reads again for late conversions',
      initialValue: String(choice.lookbackDays),
      validate: (days) => mistakeIn({ ...choice, lookbackDays: wholeNumber(days) }, last),
    }),
  );
  const includeDeleted = await answerOf(
    prompts.confirm({
      ...at,
      message: 'Deleted campaigns, too? Without them past sums shrink when one is deleted',
      initialValue: choice.includeDeleted,
    }),
  );
  const advertiserColumns = await answerOf(
    prompts.confirm({
      ...at,
      message: 'Add columns for the advertiser: id, name, currency, time zone?',
      initialValue: choice.advertiserColumns,
    }),
  );
  const streams =
    offered.length > 1
      ? await answerOf(
          prompts.multiselect({
            ...at,
            message: 'Which tables; each is asked for by requests of its own',
            initialValues: [...choice.streams],
            options: offered.map(({ name, rowOf }) => ({
              value: name,
              label: name,
              hint: `one row for each ${rowOf} and day`,
            })),
          }),
        )
      : choice.streams;
  return {
    ...choice,
    streams,
    endDate: endDate?.trim() || undefined,
    lookbackDays: wholeNumber(lookback),
    includeDeleted,
    advertiserColumns,
  };
}

/** What is wrong, while it is typed: at once, not after three more questions. */
function mistakeIn(choice: Parameters<typeof checkRange>[0], last: string): string | undefined {
  try {
    checkRange(choice, last);
    return undefined;
  } catch (error) {
    if (error instanceof SetupProblem) return error.message;
    throw error;
  }
}

/** NaN for what is none: `Number('')` would be 0. */
function wholeNumber(text: string | undefined): number {
  return text?.trim() ? Number(text) : Number.NaN;
}

function describeChoice({
  startDate,
  endDate,
  lookbackDays,
  includeDeleted,
  advertiserColumns,
  streams,
}: RangeChoice): string {
  return [
    endDate ? `${startDate} to ${endDate}` : `From ${startDate} to today, then every day`,
    `lookback ${lookbackDays} ${lookbackDays === 1 ? 'day' : 'days'}`,
    includeDeleted ? 'deleted campaigns, too' : 'without deleted campaigns',
    ...(advertiserColumns ? ['columns for the advertiser'] : []),
    ...(streams.length > 1 ? [streams.join(', ')] : []),
  ].join('; ');
}
