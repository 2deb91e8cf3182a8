// @ts-check
// (a) Collect name.
import { field, h } from './dom.client.js';

/** @param {import('../session/setup-view.ts').SetupView} view @param {import('./app.client.js').App} app */
export function nameStep(view, app) {
  const name = h('input', { value: view.name, autocomplete: 'off', required: true, maxlength: 120 });
  const folder = h('input', { value: view.folder, autocomplete: 'off', placeholder: 'named like the collection' });
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Collect name'),
    h(
      'p',
      { class: 'lead' },
      view.changes
        ? `You are changing ${view.changes}. Keys that setup does not ask for stay as they are.`
        : 'Daily figures of your TikTok campaigns, in one table. First, what shall this collection be called?',
    ),
    field({
      id: 'name',
      label: 'Collect name',
      control: name,
      hint: 'It names the folder, the Meltano schedule, and the source and connection in Airbyte.',
    }),
    h(
      'details',
      {},
      h('summary', {}, 'Choose the folder'),
      field({
        id: 'folder',
        label: 'Folder',
        control: folder,
        hint: 'Where the result is written. Nothing is overwritten without asking.',
      }),
    ),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit' }, 'Next')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // The folder follows the name until it is given one of its own.
    const chosen = folder.value === view.folder && name.value !== view.name && !view.changes ? '' : folder.value;
    void app.attempt(form, async () =>
      app.show(await app.call('name', { name: name.value, folder: chosen }), 'authorize'),
    );
  });
  return { element: form };
}
