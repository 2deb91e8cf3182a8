// @ts-check
// The frame: which step is shown, the list of steps, and what all of them share.
import { advertisersStep } from './advertisers.client.js';
import { CallFailed, call } from './api.client.js';
import { authorizeStep } from './authorize.client.js';
import { announce, h, problemBox } from './dom.client.js';
import { finishStep } from './finish.client.js';
import { nameStep } from './name.client.js';
import { rangeStep } from './range.client.js';
import { scheduleStep } from './schedule.client.js';

/** @typedef {import('../session/setup-view.ts').SetupView} SetupView */
/** @typedef {import('../session/setup-view.ts').StepId} StepId */
/** @typedef {import('../session/setup-view.ts').Problem} Problem */

/**
 * One screen.
 * @typedef {object} Step
 * @property {HTMLElement} element
 * @property {(view: SetupView) => void} [onView] takes what changed in the background
 */

/**
 * What a screen may do.
 * @typedef {object} App
 * @property {(name: string, body?: Record<string, unknown>) => Promise<any>} call
 * @property {(view: SetupView, step: StepId) => void} show goes to a step
 * @property {(form: HTMLElement, work: () => Promise<void>) => Promise<void>} attempt shows what went wrong above the form
 */

/** @type {Record<StepId, { title: string, make: (view: SetupView, app: App) => Step }>} */
const STEPS = {
  name: { title: 'Collect name', make: nameStep },
  authorize: { title: 'Authorize', make: authorizeStep },
  advertisers: { title: 'Advertisers', make: advertisersStep },
  range: { title: 'Historical range', make: rangeStep },
  schedule: { title: 'Schedule', make: scheduleStep },
  finish: { title: 'Finish', make: finishStep },
};

/** How often the page asks while something goes on in the background, milliseconds. */
const EVERY_MS = 700;

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
/** @type {{ id: StepId, step: Step } | undefined} */
let current;

/** @type {App} */
const app = {
  call,
  show,
  async attempt(form, work) {
    const button = form.querySelector('button.main');
    if (button?.getAttribute('aria-disabled') === 'true') return;
    clearProblem(form);
    button?.setAttribute('aria-disabled', 'true');
    try {
      await work();
    } catch (error) {
      showProblem(form, error instanceof CallFailed ? error.problem : { says: String(error), advice: '' });
    } finally {
      button?.removeAttribute('aria-disabled');
    }
  },
};

/** @param {HTMLElement} form */
function clearProblem(form) {
  form.querySelector(':scope > .box.bad')?.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}

/** @param {HTMLElement} form @param {Problem} problem */
function showProblem(form, problem) {
  const box = problemBox(problem);
  const actions = form.querySelector(':scope > .actions');
  if (actions) actions.before(box);
  else form.append(box);
  const field = problem.field ? form.querySelector(`#${CSS.escape(problem.field)}`) : undefined;
  if (field instanceof HTMLElement) {
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  } else {
    box.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {SetupView} view @param {StepId} id */
function show(view, id) {
  const step = STEPS[id].make(view, app);
  const isNew = current?.id !== id;
  current = { id, step };
  main.replaceChildren(step.element);
  drawSteps(view, id);
  document.title = `${STEPS[id].title} · TikTok Ads: set up`;
  history.replaceState(undefined, '', `#${id}`);
  if (!isNew) return;
  const heading = main.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
  scrollTo(0, 0);
}

/** @param {SetupView} view @param {StepId} shown */
function drawSteps(view, shown) {
  const at = view.steps.findIndex(({ id }) => id === shown);
  const items = view.steps.map(({ id, open }, index) => {
    const isDone = index < view.steps.length - 1 && view.steps[index + 1]?.open && id !== shown;
    return h(
      'li',
      { class: isDone ? 'done' : '' },
      h(
        'button',
        {
          type: 'button',
          disabled: !open && id !== shown,
          'aria-current': id === shown ? 'step' : undefined,
          onclick: async () => show(await call('view'), id),
        },
        h('span', { class: 'dot', 'aria-hidden': 'true' }, isDone ? '✓' : String(index + 1)),
        h('span', { class: 'title' }, STEPS[id].title),
      ),
    );
  });
  document.getElementById('steps')?.replaceChildren(...items);
  announce(`Step ${at + 1} of ${view.steps.length}: ${STEPS[shown].title}`);
}

/** @param {SetupView} view @returns {StepId} */
function firstStep(view) {
  const asked = view.steps.find(({ id, open }) => open && location.hash === `#${id}`);
  if (asked) return asked.id;
  if (view.problem) return 'authorize';
  return view.steps.findLast(({ open }) => open)?.id ?? 'name';
}

/** What goes on in the background reaches the screen that shows it. */
async function watch() {
  if (!current?.step.onView || document.hidden) return;
  const watched = current;
  try {
    const view = await call('view');
    if (current === watched) watched.step.onView?.(view);
  } catch {
    // The next thing that the user does will say so.
  }
}

try {
  const view = await call('view');
  show(view, firstStep(view));
  setInterval(watch, EVERY_MS);
} catch (error) {
  main.replaceChildren(problemBox(error instanceof CallFailed ? error.problem : { says: String(error), advice: '' }));
}
