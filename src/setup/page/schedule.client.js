// @ts-check
// (e) When it runs, and where.
import { CallFailed } from './api.client.js';
import { field, h } from './dom.client.js';

const PLACES = /** @type {const} */ ([
  ['machine', 'This machine', 'A database here, with a timer; nothing else is needed'],
  ['meltano', 'Meltano', 'A project with loader and schedule'],
  ['airbyte', 'Airbyte', 'Source and connection, made through its API'],
  ['docker', 'docker run', 'A script with its timer'],
  ['config', 'Configuration only', 'I place it myself'],
]);

/** @param {import('../session/setup-view.ts').SetupView} view @param {import('./app.client.js').App} app */
export function scheduleStep(view, app) {
  const { schedule } = view;
  const time = h('input', { type: 'time', value: schedule.time, required: true });
  const zone = h('input', {
    value: schedule.timeZone,
    list: 'zones',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
  });
  const zones = [...new Set([...schedule.zones, ...Intl.supportedValuesOf('timeZone')])];
  const advice = h('div', { class: 'box', role: 'status' });
  const places = h('div', { class: 'choices' });
  const fields = placeFields(schedule.target);
  for (const [kind, title, says] of PLACES) {
    const radio = h('input', { type: 'radio', name: 'place', value: kind, checked: kind === schedule.target.kind });
    places.append(h('label', {}, radio, h('span', {}, title, h('small', {}, says))));
  }
  const timed = h(
    'div',
    {},
    h(
      'div',
      { class: 'pair' },
      field({ id: 'time', label: 'Time of day', control: time }),
      field({ id: 'zone', label: 'Time zone', control: zone, hint: 'Type to search all zones.' }),
      h('datalist', { id: 'zones' }, ...zones.map((name) => h('option', { value: name }))),
    ),
    advice,
  );
  const tried = h('div', { role: 'status' });
  const test = h('button', { class: 'plain', type: 'button' }, 'Test');
  test.addEventListener('click', () =>
    app.attempt(form, async () => {
      tried.replaceChildren(h('p', { class: 'wait busy' }, 'Trying what this needs …'));
      try {
        /** @type {readonly import('../session/setup-view.ts').Tried[]} */
        const lines = await app.call('tryTarget', { kind: kind(), fields: fields.values(kind()) });
        tried.replaceChildren(
          h('ul', { class: 'lines' }, ...lines.map((one) => h('li', { class: one.kind }, one.says))),
        );
      } catch (error) {
        tried.replaceChildren();
        throw error;
      }
    }),
  );
  fields.lookUp.addEventListener('click', () =>
    app.attempt(form, async () => fields.offer(await app.call('airbyte', { fields: fields.values('airbyte') }))),
  );
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Schedule'),
    ...(schedule.once
      ? [h('p', { class: 'lead' }, `The range ends on ${view.range.endDate}: one run, no schedule.`)]
      : [h('p', { class: 'lead' }, 'Current data comes by itself, once a day.')]),
    h('fieldset', {}, h('legend', {}, 'Where it runs'), places),
    ...fields.elements,
    timed,
    tried,
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit' }, 'Next'), test),
  );
  const kind = () =>
    /** @type {HTMLInputElement | null} */ (form.querySelector('[name=place]:checked'))?.value ?? 'meltano';

  function changed() {
    fields.show(kind(), schedule.once);
    test.hidden = kind() === 'config';
    tried.replaceChildren();
    timed.hidden = schedule.once || kind() === 'config';
    if (!timed.hidden) void judge();
  }

  let asked = 0;
  async function judge() {
    const number = ++asked;
    const timeZone = zone.value;
    try {
      const { tooEarly, correctedAt } = await app.call('judge', { time: time.value, timeZone });
      if (number !== asked) return;
      advice.className = tooEarly ? 'box warn' : 'box';
      advice.replaceChildren(
        h(
          'p',
          {},
          h('strong', {}, tooEarly ? 'Yesterday would not be final yet. ' : 'Good: yesterday is final by then. '),
          `TikTok corrects yesterday’s figures until 12:00 UTC, which is ${correctedAt} in ${timeZone}.`,
          tooEarly ? ' The run after it brings the corrected figures.' : '',
        ),
      );
    } catch (error) {
      if (number !== asked || !(error instanceof CallFailed)) return;
      advice.className = 'box warn';
      advice.replaceChildren(h('p', {}, `${error.problem.says} ${error.problem.advice}`));
    }
  }

  form.addEventListener('input', changed);
  form.addEventListener('filled', changed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () =>
      app.show(
        await app.call('schedule', {
          time: time.value,
          timeZone: zone.value,
          kind: kind(),
          fields: fields.values(kind()),
        }),
        'finish',
      ),
    );
  });
  changed();
  return { element: form };
}

/**
 * The fields of each place; those of the places not chosen are hidden.
 *
 * @param {import('../session/setup-view.ts').TargetView} target
 */
function placeFields(target) {
  /** @param {string} name @param {string} usual @param {Record<string, string | number>} [more] */
  const input = (name, usual, more = {}) => {
    const isSecret = more.type === 'password';
    const placeholder = isSecret && target.kept.includes(name) ? 'kept; fill in to replace it' : undefined;
    return h('input', {
      autocomplete: 'off',
      spellcheck: 'false',
      ...more,
      name,
      value: target.fields[name] ?? usual,
      placeholder,
    });
  };
  /** @param {string} name @param {[string, string][]} options @param {string} usual */
  const select = (name, options, usual) => {
    const made = h('select', { name }, ...options.map(([value, text]) => h('option', { value }, text)));
    made.value = target.fields[name] ?? usual;
    return made;
  };
  const image = target.fields.image ?? 'source-tiktok-ads:latest';
  /** @type {[string, string][]} */
  const timers = [
    ['systemd', 'systemd (knows time zones)'],
    ['cron', 'cron'],
  ];

  const store = select(
    'store',
    [
      ['duckdb', 'DuckDB, a file in the folder'],
      ['postgresql', 'PostgreSQL'],
    ],
    'duckdb',
  );
  const loader = select(
    'loader',
    [
      ['target-postgres', 'PostgreSQL'],
      ['target-jsonl', 'Files of JSON lines (days read again appear again)'],
      ['other', 'Another loader'],
    ],
    'target-postgres',
  );
  const postgres = h(
    'div',
    { class: 'pair' },
    field({ id: 'host', label: 'Host', control: input('host', 'localhost') }),
    field({ id: 'port', label: 'Port', control: input('port', '5432', { inputmode: 'numeric' }) }),
    field({ id: 'database', label: 'Database', control: input('database', '') }),
    field({ id: 'schema', label: 'Schema', control: input('schema', 'tiktok_ads') }),
    field({ id: 'user', label: 'User', control: input('user', 'postgres') }),
    field({ id: 'password', label: 'Password', control: input('password', '', { type: 'password' }) }),
  );
  const other = field({
    id: 'plugin',
    label: 'Name of the loader',
    control: input('plugin', ''),
    hint: 'As in “meltano add loader …”, for instance target-snowflake.',
  });
  const machine = h('div', {}, field({ id: 'store', label: 'Kept in', control: store }));
  const meltano = h('div', {}, field({ id: 'loader', label: 'Loads into', control: loader }), other);
  const lookUp = h('button', { class: 'plain small', type: 'button' }, 'Look up workspaces and destinations');
  const workspace = field({
    id: 'workspaceId',
    label: 'Workspace',
    control: input('workspaceId', ''),
    hint: 'Its id, or the address of one of its pages.',
  });
  const destination = field({
    id: 'destinationId',
    label: 'Destination',
    control: input('destinationId', ''),
    hint: 'Its id, or the address of its page.',
  });
  const airbyte = h(
    'div',
    {},
    field({ id: 'apiUrl', label: 'Airbyte API', control: input('apiUrl', 'http://localhost:8000/api/public/v1') }),
    h(
      'div',
      { class: 'pair' },
      field({
        id: 'clientId',
        label: 'Client id',
        control: input('clientId', ''),
        hint: 'From Airbyte: User settings, Applications.',
      }),
      field({ id: 'clientSecret', label: 'Client secret', control: input('clientSecret', '', { type: 'password' }) }),
    ),
    field({
      id: 'token',
      label: 'Or an access token',
      control: input('token', '', { type: 'password' }),
      hint: 'Secrets of Airbyte are used now and written nowhere.',
    }),
    h('p', {}, lookUp),
    h('div', { class: 'pair' }, workspace, destination),
  );
  const imageField = field({ id: 'image', label: 'Image of this connector', control: input('image', image) });
  const timer = field({ id: 'timer', label: 'Started by', control: select('timer', timers, 'systemd') });
  /** @type {Record<string, HTMLElement[]>} */
  const byKind = {
    machine: [machine, postgres, timer],
    meltano: [meltano, postgres, timer],
    airbyte: [airbyte, imageField],
    docker: [imageField, timer],
    config: [],
  };
  const elements = [machine, meltano, postgres, airbyte, imageField, timer];
  const isPostgres = { machine: () => store.value === 'postgresql', meltano: () => loader.value === 'target-postgres' };
  return {
    elements,
    lookUp,
    /** What Airbyte has becomes a list to choose from. @param {import('../session/setup-view.ts').AirbyteChoices} choices */
    offer({ workspaces, destinations }) {
      offerIn(workspace, workspaces);
      offerIn(destination, destinations);
      /** @type {HTMLElement | null} */ (workspace.querySelector('select, input'))?.focus();
    },
    /** @param {string} kind @param {boolean} once */
    show(kind, once) {
      for (const element of elements) element.hidden = !byKind[kind]?.includes(element) || (once && element === timer);
      postgres.hidden = !(kind === 'machine' || kind === 'meltano') || !isPostgres[kind]();
      other.hidden = loader.value !== 'other';
    },
    /** @param {string} kind @returns {Record<string, string>} */
    values(kind) {
      const controls = (byKind[kind] ?? []).flatMap((element) => [
        .../** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll('[name]')),
      ]);
      return Object.fromEntries(controls.map(({ name, value }) => [name, value]));
    },
  };
}

/**
 * Makes a field a list, and keeps what is chosen. An empty list leaves the field as it is.
 *
 * @param {HTMLElement} place @param {import('../session/setup-view.ts').AirbyteChoices['workspaces']} choices
 */
function offerIn(place, choices) {
  const before = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (place.querySelector('input, select'));
  if (!before || choices.length === 0) return;
  const { id, name, value } = before;
  const options = choices.map((one) => h('option', { value: one.id }, one.name));
  const select = h('select', { id, name, 'aria-describedby': `${id}-hint` }, ...options);
  select.value = choices.some((one) => value.includes(one.id))
    ? (choices.find((one) => value.includes(one.id))?.id ?? '')
    : (choices[0]?.id ?? '');
  before.replaceWith(select);
  select.dispatchEvent(new Event('input', { bubbles: true }));
}
