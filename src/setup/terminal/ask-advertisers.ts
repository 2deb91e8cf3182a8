import { setTimeout } from 'node:timers/promises';
import * as prompts from '@clack/prompts';
import { drawTable } from '../../terminal/draw-table.ts';
import { visible } from '../../wire/visible.ts';
import type { SetupSession } from '../session/setup-session.ts';
import { viewOf } from '../session/view-of-session.ts';
import { answerOf, type Console, untilRight } from './prompt-answer.ts';
import { whileBusy } from './while-busy.ts';

/** A wait that is short enough. With hundreds of advertisers the rest is asked in the background. */
const MARKING_MS = 5000;

/** Asks which advertisers are collected; those that cannot be read are told first. */
export async function askAdvertisers(session: SetupSession, at: Console): Promise<void> {
  const waited = new AbortController();
  await whileBusy(at, 'Asking each advertiser for one day of its report', () =>
    Promise.race([
      session.granted.marked,
      setTimeout(MARKING_MS, undefined, { signal: AbortSignal.any([at.signal, waited.signal]) }).catch(() => {}),
    ]),
  );
  waited.abort();
  const { list } = viewOf(session, {}).advertisers;
  const refused = list.filter(({ report }) => report === 'refused');
  for (const { name, id, reason } of refused)
    prompts.log.warn(visible(`${name} (${id}) cannot be read. ${reason ?? ''}`), at);
  const readable = list.filter(({ report }) => report !== 'refused').map(({ id }) => id);
  const lines = drawTable(
    [{ title: '', widthMax: 30 }, { title: '' }, { title: '' }, { title: '' }],
    list.map(({ id, name, currency, report }) => [
      name,
      id,
      currency ?? '',
      report === 'refused' ? 'no permission' : '',
    ]),
  ).slice(1);
  await untilRight(at, async () => {
    const message =
      list.length === 1
        ? `Collect ${visible(list[0]?.name ?? '')}, and advertisers granted later, too?`
        : `Collect all ${list.length} advertisers, and those granted later, too?`;
    const everyone = await answerOf(
      prompts.confirm({
        ...at,
        message,
        // An unreadable advertiser makes the check fail, unless it is left out.
        initialValue: refused.length === 0 && (session.chosen === 'all' || session.chosen.length === 0),
      }),
    );
    if (everyone) return session.chooseAdvertisers('all');
    const chosen = await answerOf(
      prompts.autocompleteMultiselect({
        ...at,
        message: 'Advertisers: type to search, Tab to tick, Enter when done',
        required: true,
        options: list.map(({ id, timeZone, status }, index) => ({
          value: id,
          label: lines[index] ?? id,
          // Only what is not as usual: the line is short.
          hint: [timeZone, status === 'STATUS_ENABLE' ? '' : status].filter(Boolean).join(', '),
        })),
        initialValues: session.chosen === 'all' ? (refused.length > 0 ? readable : []) : [...session.chosen],
      }),
    );
    session.chooseAdvertisers(chosen);
  });
}
