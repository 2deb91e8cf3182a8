// @ts-check
// (f) Finish: a real check, the last days to compare, then the result.
import { announce, counted, h } from './dom.client.js';
import { resultScreen } from './load.client.js';
import { chosenOf, previewPart } from './preview.client.js';

/** @typedef {import('../session/setup-view.ts').SetupView} SetupView */
/** @typedef {import('./app.client.js').App} App */

/** @param {SetupView} view @param {App} app */
export function finishStep(view, app) {
  if (view.result) return resultScreen(view.result, app);
  const checked = h('div', {});
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Finish'),
    h(
      'p',
      { class: 'lead' },
      'Finish proves the connection, shows you the last days, and says what it will write before it writes.',
    ),
    summary(view),
    mixedCurrencies(view),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit' }, 'Finish')),
  );
  const element = h('div', {}, form, checked);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () => {
      checked.replaceChildren(h('p', { class: 'wait busy' }, 'Asking TikTok …'));
      announce('Asking TikTok');
      try {
        const now = await app.call('check');
        drawChecked(now);
      } catch (error) {
        checked.replaceChildren();
        throw error;
      }
    });
  });

  /** @param {SetupView} now */
  function drawChecked(now) {
    const { state, lines, unreadable, missing } = now.check;
    const passed = state === 'passed';
    announce(
      !passed ? 'The check failed' : missing ? 'The check passed, but something is missing' : 'The check passed',
    );
    checked.replaceChildren(
      h('h2', {}, !passed ? 'The check did not pass' : missing ? 'Checked: something is missing' : 'Checked'),
      ...(missing ? [missingPart(missing)] : []),
      ...(unreadable ? [unreadablePart(unreadable)] : []),
      unreadable ? h('details', {}, h('summary', {}, 'What the check said'), linesOf(lines)) : linesOf(lines),
      ...(passed ? [previewPart(now, app), resultPart(app, missing)] : []),
    );
    const heading = checked.querySelector('h2');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
    const button = form.querySelector('button.main');
    if (button) {
      button.textContent = passed ? 'Check again' : 'Try again';
      button.classList.toggle('plain', passed);
      button.classList.toggle('main', !passed);
    }
  }

  /** @param {readonly string[]} missing */
  function missingPart(missing) {
    const change = h('button', { class: 'plain', type: 'button' }, 'Change where it runs');
    change.addEventListener('click', async () => app.show(await app.call('view'), 'schedule'));
    return h(
      'div',
      { class: 'box warn' },
      h('p', {}, h('strong', {}, 'What it needs is not all here.')),
      h('ul', {}, ...missing.map((says) => h('li', {}, says))),
      h('div', { class: 'actions' }, change),
    );
  }

  /** @param {readonly { id: string, name: string }[]} unreadable */
  function unreadablePart(unreadable) {
    const button = h(
      'button',
      { class: 'main', type: 'submit' },
      unreadable.length === 1 ? 'Leave it out and check again' : `Leave these ${unreadable.length} out and check again`,
    );
    const part = h(
      'form',
      { class: 'box bad' },
      h(
        'p',
        {},
        h('strong', {}, `${counted(unreadable.length, 'advertiser')} cannot be read. `),
        'Suspended, gone, or not yours to read: ask the administrator, or leave out what cannot be read.',
      ),
      h('ul', {}, ...unreadable.map(({ id, name }) => h('li', {}, name, h('small', {}, ` ${id}`)))),
      h('div', { class: 'actions' }, button),
    );
    part.addEventListener('submit', (event) => {
      event.preventDefault();
      void app.attempt(part, async () =>
        app.show(await app.call('leaveOut', { ids: unreadable.map(({ id }) => id) }), 'finish'),
      );
    });
    return part;
  }

  if (view.check.state === 'passed' || view.check.state === 'failed') drawChecked(view);
  return { element };
}

/** @param {SetupView['check']['lines']} lines */
function linesOf(lines) {
  return h('ul', { class: 'lines' }, ...lines.map(({ kind, says }) => h('li', { class: kind }, says)));
}

/** @param {SetupView} view */
function mixedCurrencies({ range }) {
  if (range.advertiserColumns || range.currencies.length < 2) return undefined;
  return h(
    'div',
    { class: 'box warn' },
    h(
      'p',
      {},
      h('strong', {}, 'Sums would mix currencies. '),
      `The chosen advertisers count in ${range.currencies.join(', ')}, and no column will tell them apart. `,
      'Tick “Add columns for the advertiser” under Historical range.',
    ),
  );
}

/** @param {SetupView} view */
function summary({ name, folder, advertisers, range, schedule }) {
  const names = chosenOf(advertisers).map((one) => one.name);
  const shownNames =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const leftOut = advertisers.leftOut.length;
  const leftOutWords = leftOut > 0 ? `; ${leftOut} left out` : '';
  /** @type {[string, string][]} */
  const facts = [
    ['Collection', name],
    [
      'Advertisers',
      advertisers.chosen === 'all' ? `${shownNames}, and those granted later${leftOutWords}` : shownNames,
    ],
    ['Days', `from ${range.startDate}${range.endDate ? ` to ${range.endDate}` : ' on'}`],
    [
      'Schedule',
      schedule.target.kind === 'config'
        ? 'none; you place the configuration'
        : schedule.once
          ? 'none; it stops at its last day'
          : `every day at ${schedule.time}, ${schedule.timeZone}`,
    ],
    ['Folder', folder],
  ];
  return h('dl', { class: 'facts' }, ...facts.flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)]));
}

/** What will be written and sent; then the button that does it. @param {App} app @param {readonly string[]} [missing] */
function resultPart(app, missing) {
  const list = h('div', {});
  const button = h('button', { class: 'main', type: 'submit' }, 'Write');
  const lacks = h('input', { type: 'checkbox', id: 'lacks' });
  const form = h(
    'form',
    { novalidate: true },
    h('h2', {}, 'What will be made'),
    list,
    missing
      ? h(
          'div',
          { class: 'box warn field' },
          h('p', {}, h('strong', {}, 'Something is missing: '), missing.join(' ')),
          h('label', { class: 'check' }, lacks, 'Write the files all the same'),
        )
      : undefined,
    h('div', { class: 'actions' }, button),
  );
  /** @type {HTMLInputElement[]} */
  let agreed = [];
  const exposes = h('input', { type: 'checkbox' });
  async function draw() {
    /** @type {import('../session/setup-view.ts').PlanView} */
    const plan = await app.call('plan');
    agreed = plan.files
      .filter(({ status }) => status === 'differs')
      .map(({ path }) => h('input', { type: 'checkbox', value: path }));
    list.replaceChildren(
      h('p', { class: 'soft' }, 'In ', h('code', {}, plan.folder)),
      ...plan.files.map(fileDetails),
      plan.replaced
        ? h(
            'div',
            { class: 'box warn' },
            h('p', {}, `${plan.replaced.says}:`),
            h('pre', { tabindex: 0 }, plan.replaced.command),
          )
        : '',
      plan.exposure
        ? h(
            'div',
            { class: 'box warn' },
            h('p', {}, h('strong', {}, `${plan.exposure.says} `), plan.exposure.advice),
            h('label', { class: 'check' }, exposes, 'Write them all the same'),
          )
        : '',
      agreed.length > 0
        ? h(
            'div',
            { class: 'box warn' },
            h(
              'p',
              {},
              h('strong', {}, 'Other files are there already. '),
              'Tick those that may be replaced; each is kept as a copy beside it.',
            ),
            ...agreed.map((box) => h('label', { class: 'check' }, box, `Replace ${box.value}`)),
          )
        : '',
      ...(plan.requests.length > 0
        ? [h('h2', {}, 'What will be sent to Airbyte'), ...plan.requests.map(requestDetails)]
        : []),
    );
    button.textContent = plan.requests.length > 0 ? 'Write and send' : `Write ${counted(plan.files.length, 'file')}`;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () => {
      const replace = agreed.filter(({ checked }) => checked).map(({ value }) => value);
      app.show(await app.call('finish', { replace, exposes: exposes.checked, lacks: lacks.checked }), 'finish');
      const heading = document.querySelector('h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus();
      scrollTo(0, 0);
    });
  });
  void draw();
  return form;
}

/** @param {import('../session/setup-view.ts').PlanView['files'][number]} file */
function fileDetails({ path, says, secret, status, content, difference }) {
  const words = { new: 'new', same: 'unchanged', extended: 'lines are added', differs: 'is there, differs' };
  return h(
    'details',
    { class: 'file' },
    h(
      'summary',
      {},
      h('code', {}, path),
      ' ',
      h('span', { class: `tag ${status}` }, words[status]),
      secret ? ' ' : '',
      secret ? h('span', { class: 'tag' }, 'only you can read it') : undefined,
      h('small', {}, ` ${says}`),
    ),
    difference
      ? h('pre', { tabindex: 0, class: 'difference' }, ...difference.map(differenceLine))
      : h('pre', { tabindex: 0 }, content),
  );
}

/** @param {string} line */
function differenceLine(line) {
  const text = `${line}\n`;
  if (line.startsWith('+')) return h('ins', {}, text);
  return line.startsWith('-') ? h('del', {}, text) : text;
}

/** @param {import('../session/setup-view.ts').PlanView['requests'][number]} request */
function requestDetails({ says, line, body }) {
  return h(
    'details',
    { class: 'file' },
    h('summary', {}, h('code', {}, line), h('small', {}, ` ${says}`)),
    h('pre', { tabindex: 0 }, body ?? 'No body.'),
  );
}
