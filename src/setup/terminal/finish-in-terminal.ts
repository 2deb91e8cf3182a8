import * as prompts from '@clack/prompts';
import { visible } from '../../wire/visible.ts';
import { checkSession, previewChosen } from '../session/check-session.ts';
import { carryOut, type Machine, showPlan } from '../session/finish.ts';
import { SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import type { PlanView, ResultView } from '../session/setup-view.ts';
import { describePreview } from './describe-preview.ts';
import { loadInTerminal } from './load-in-terminal.ts';
import { answerOf, type Console, PromptsCancelled } from './prompt-answer.ts';
import { whileBusy } from './while-busy.ts';

/** The steps before, for what turns out to be wrong only here. */
export interface StepsBefore {
  readonly authorize: () => Promise<void>;
  readonly advertisers: () => Promise<void>;
  readonly target: () => Promise<void>;
}

/** Check, preview, what will be made, and making it; what fails can be mended and tried again. */
export async function finishInTerminal(
  session: SetupSession,
  at: Console,
  { machine, steps }: { readonly machine: Machine; readonly steps: StepsBefore },
): Promise<void> {
  await checkUntilPassed(session, at, { machine, steps });
  await preview(session, at, machine);
  let hasWritten = false;
  for (;;) {
    const plan = await showPlan(session, machine);
    const replace = await agree(plan, at, hasWritten);
    try {
      const { signal } = at;
      session.result = await carryOut(session, machine, {
        replace,
        exposes: plan.exposure !== undefined,
        lacks: true,
        signal,
      });
      tell(session.result, at);
      prompts.outro(session.result.next ? await loadInTerminal(session, at, machine) : session.result.says, at);
      return;
    } catch (error) {
      if (!(error instanceof SetupProblem)) throw error;
      prompts.log.error(error.message, at);
      hasWritten = true;
      if (at.signal.aborted) throw new PromptsCancelled(STAYS);
      await mendTarget(at, steps);
    }
  }
}

/** The message of a failure says what was done before it. */
const STAYS = 'What was made before stays.';

async function checkUntilPassed(
  session: SetupSession,
  at: Console,
  { machine, steps }: { readonly machine: Machine; readonly steps: StepsBefore },
): Promise<void> {
  for (;;) {
    await whileBusy(at, 'Finish: checking token, advertisers and permissions', () => checkSession(session, machine));
    for (const { kind, says } of session.check.lines) {
      if (kind === 'good') prompts.log.success(says, at);
      else if (kind === 'bad') prompts.log.error(says, at);
      else prompts.log.warn(says, at);
    }
    for (const says of session.check.missing ?? []) prompts.log.warn(says, at);
    const passed = session.check.state === 'passed';
    if (passed && !session.check.missing) return;
    const next = await answerOf(
      prompts.select({
        ...at,
        message: passed ? 'Not everything that it needs is here' : 'The check did not pass',
        options: [
          { value: 'again', label: 'Check again' },
          ...(passed
            ? [
                { value: 'target', label: 'Change where it runs' },
                { value: 'all the same', label: 'Write the files all the same' },
              ]
            : [
                { value: 'advertisers', label: 'Choose other advertisers' },
                { value: 'authorize', label: 'Authorize again' },
              ]),
          { value: 'stop', label: 'Stop', hint: 'nothing is written' },
        ],
      }),
    );
    if (next === 'stop') throw new PromptsCancelled();
    if (next === 'all the same') return;
    if (next === 'target') await steps.target();
    if (next === 'authorize') await steps.authorize();
    if (next === 'authorize' || next === 'advertisers') await steps.advertisers();
  }
}

/** The last days of the first advertiser that can be read, to be compared with Ads Manager. */
async function preview(session: SetupSession, at: Console, machine: Machine): Promise<void> {
  const { marks } = session.granted;
  const shown = session.chosenAdvertisers.find(({ id }) => marks.get(id)?.report !== 'refused');
  if (!shown) return;
  try {
    const view = await whileBusy(at, `Preview: reading the last days of ${visible(shown.name ?? shown.id)}`, () =>
      previewChosen(session, machine, shown.id),
    );
    prompts.log.message([...describePreview(view), '', 'Compare these days with Ads Manager.'].join('\n'), at);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    prompts.log.warn(error.message, at);
  }
}

/** Shows what will be made. @returns paths of the files that may be replaced */
async function agree(
  { folder, files, requests, exposure }: PlanView,
  at: Console,
  hasWritten: boolean,
): Promise<ReadonlySet<string>> {
  const marks = { new: '', same: ' (there already)', extended: ' (lines are added)', differs: ' (another is there)' };
  prompts.log.message(
    [`In ${folder}:`, ...files.map(({ path, status, says }) => `  ${path}${marks[status]}: ${says}`)].join('\n'),
    at,
  );
  if (requests.length > 0) {
    const shown = requests.map(({ line, says, body }) => [says, line, ...(body ? [body] : [])].join('\n'));
    prompts.log.message(`To Airbyte:\n\n${shown.join('\n\n')}`, at);
  }
  const differing = files.filter(({ status }) => status === 'differs').map(({ path }) => path);
  if (exposure) prompts.log.warn(`${exposure.says} ${exposure.advice}`, at);
  const verb = requests.length > 0 ? 'Write and send' : 'Write';
  for (;;) {
    const answer = await prompts.select({
      ...at,
      message: exposure ? `${verb} this, secrets within reach of git?` : `${verb} this?`,
      options: [
        differing.length > 0
          ? { value: 'write', label: `Yes, and replace ${differing.join(', ')}`, hint: 'a copy is kept' }
          : { value: 'write', label: 'Yes' },
        { value: 'show', label: 'Show the files first', hint: 'secrets as ***' },
        { value: 'stop', label: 'No' },
      ],
      initialValue: exposure ? 'stop' : differing.length > 0 ? 'show' : 'write',
    });
    if (answer === 'write') return new Set(differing);
    if (answer !== 'show') throw new PromptsCancelled(hasWritten ? STAYS : undefined);
    for (const { path, content } of files) prompts.log.message(`${path}\n\n${content.trimEnd()}`, at);
  }
}

async function mendTarget(at: Console, { target }: StepsBefore): Promise<void> {
  const next = await prompts.select({
    ...at,
    message: 'What now?',
    options: [
      { value: 'again', label: 'Try again' },
      { value: 'target', label: 'Change where it runs' },
      { value: 'stop', label: 'Stop' },
    ],
  });
  if (next === 'target') await target();
  else if (next !== 'again') throw new PromptsCancelled(STAYS);
}

function tell({ kept, commands }: ResultView, at: Console): void {
  for (const path of kept) prompts.log.info(`Kept a copy: ${path}`, at);
  for (const { says: what, command } of commands) prompts.log.message(`${what}:\n${command}`, at);
}
