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
import { flush, forget, keepFields } from './unsent.client.js';

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
/** Nothing has been shown yet. */
let isFirst = true;

/** @type {App} */
const app = {
  call,
  show,
  async attempt(form, work) {
    const button = form.querySelector('button.main');
    if (button?.getAttribute('aria-disabled') === 'true') return;
    clearProblem(form);
    await flush();
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
  for (const box of form.querySelectorAll('.box.bad')) box.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}

/** @param {HTMLElement} form @param {Problem} problem */
function showProblem(form, problem) {
  const box = problemBox(problem);
  const field = problem.field ? form.querySelector(`#${CSS.escape(problem.field)}`) : undefined;
  const place = field?.closest('.pair') ?? field?.closest('.field');
  const actions = form.querySelector(':scope > .actions');
  if (place) place.after(box);
  else if (actions) actions.before(box);
  else form.append(box);
  if (field instanceof HTMLElement && place) {
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }
  box.scrollIntoView({ block: 'nearest' });
}

/** @param {SetupView} view @param {StepId} id */
function show(view, id) {
  if (current && current.id !== id) history.pushState(undefined, '', `#${id}`);
  draw(view, id);
}

/** Shows a step without an entry in the browser's history. @param {SetupView} view @param {StepId} id */
function draw(view, id) {
  const isNew = current?.id !== id;
  const step = needsList(id) && view.advertisers.state === 'loading' ? waitForList(id) : STEPS[id].make(view, app);
  current = { id, step };
  forget();
  if (id !== 'finish') keepFields(id, step.element, view.unsent[id]);
  step.element.dispatchEvent(new Event('filled'));
  addBack(view, id, step.element);
  main.replaceChildren(...(isFirst && view.draftFrom ? [draftBox(view.draftFrom)] : []), step.element);
  isFirst = false;
  drawSteps(view, id);
  document.title = `${STEPS[id].title} · TikTok Ads: set up`;
  history.replaceState(undefined, '', `#${id}`);
  if (!isNew) return;
  const heading = main.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
  scrollTo(0, 0);
}

/** The steps that are about the advertisers cannot be shown before TikTok has named them. @param {StepId} id */
function needsList(id) {
  return id !== 'name' && id !== 'authorize';
}

/** @param {StepId} id @returns {Step} */
function waitForList(id) {
  return {
    element: h(
      'div',
      {},
      h('h1', {}, STEPS[id].title),
      h('p', { class: 'wait busy' }, 'Asking TikTok for the advertisers …'),
    ),
    onView: (view) => {
      if (view.advertisers.state !== 'loading') draw(view, view.advertisers.state === 'ready' ? id : 'advertisers');
    },
  };
}

/** @param {SetupView} view @param {StepId} id @param {HTMLElement} element */
function addBack(view, id, element) {
  const before = view.steps[view.steps.findIndex((step) => step.id === id) - 1];
  if (!before || view.result) return;
  const back = h('button', { type: 'button', class: 'plain back', onclick: () => goTo(before.id) }, 'Back');
  element.querySelector('.actions')?.append(back);
}

/** @param {StepId} id */
async function goTo(id) {
  await flush();
  show(await call('view'), id);
}

/** @param {string} from */
function draftBox(from) {
  const when = new Date(from).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  const restart = h('button', { type: 'button', class: 'plain small' }, 'Start over');
  restart.addEventListener('click', async () => {
    forget();
    await call('restart');
    const view = await call('view');
    current = undefined;
    draw(view, 'name');
  });
  return h('div', { class: 'box draft' }, h('p', {}, `You go on with what you entered on ${when}.`), restart);
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
          onclick: () => goTo(id),
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
  // A change begins with what there is.
  if (view.changes && !view.draftFrom && view.advertisers.state === 'none') return 'name';
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
    // The next click will say so.
  }
}

try {
  const view = await call('view');
  show(view, firstStep(view));
  setInterval(watch, EVERY_MS);
  addEventListener('pagehide', () => void flush());
  addEventListener('popstate', async () => {
    await flush();
    const now = await call('view');
    draw(now, firstStep(now));
  });
} catch (error) {
  main.replaceChildren(problemBox(error instanceof CallFailed ? error.problem : { says: String(error), advice: '' }));
}
