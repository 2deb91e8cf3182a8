// @ts-check
// (b) App id and secret, then TikTok's consent.
import { copyLine, field, h, problemBox } from './dom.client.js';

/** @param {import('../session/setup-view.ts').SetupView} view @param {import('./app.client.js').App} app */
export function authorizeStep(view, app) {
  const { app: own } = view;
  const appId = h('input', { value: own.appId, inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false' });
  const secret = h('input', {
    type: 'password',
    autocomplete: 'off',
    placeholder: own.hasSecret ? 'kept; fill in to replace it' : '',
  });
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Authorize'),
    h(
      'p',
      { class: 'lead' },
      'TikTok hands out figures to a developer app that you approve. It takes an app id, its secret, and one click.',
    ),
    view.problem ? problemBox(view.problem) : undefined,
    h('h2', {}, '1. Your app'),
    h(
      'p',
      {},
      'In ',
      h(
        'a',
        { href: own.portalUrl, target: '_blank', rel: 'noopener noreferrer' },
        'TikTok’s developer portal, My Apps',
      ),
      ', open your app: Basic Information shows both.',
    ),
    h(
      'div',
      { class: 'pair' },
      field({ id: 'app-id', label: 'App id', control: appId }),
      field({ id: 'secret', label: 'Secret', control: secret }),
    ),
    h('h2', {}, '2. Its redirect URL'),
    h('p', {}, 'Add exactly this address under “Advertiser redirect URL” of the same app. TikTok sends you back here.'),
    copyLine(own.redirectUri, { name: 'redirect URL' }),
    h(
      'p',
      { class: 'hint' },
      'If TikTok’s page complains about the redirect URL, it is not registered letter by letter.',
    ),
    h('h2', {}, '3. Your approval'),
    h(
      'p',
      {},
      'On TikTok’s page, tick the advertisers, and leave the permissions “Reporting” and “Ad Account Management” ticked.',
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { class: 'main', type: 'submit' }, 'Click here to authorize'),
      view.authorized
        ? h('button', { class: 'plain', type: 'button', onclick: keep }, 'Keep the present authorization')
        : undefined,
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () => {
      const { url } = await app.call('authorize', { appId: appId.value, secret: secret.value });
      location.assign(url);
    });
  });

  function keep() {
    void app.attempt(form, async () => app.show(await app.call('keep'), 'advertisers'));
  }

  return { element: h('div', {}, form, pasted(view, app)) };
}

/**
 * For a browser on another machine: TikTok's way back ends at an address that does not load there.
 *
 * @param {import('../session/setup-view.ts').SetupView} _view @param {import('./app.client.js').App} app
 */
function pasted(_view, app) {
  const address = h('input', { autocomplete: 'off', spellcheck: 'false', 'data-unkept': true });
  const form = h(
    'form',
    { novalidate: true },
    field({
      id: 'address',
      label: 'The address that you ended at',
      control: address,
      hint: 'It begins with http://localhost and holds auth_code and state.',
    }),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit' }, 'Use this address')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () => {
      const view = await app.call('pasted', { address: address.value });
      app.show(view, view.problem ? 'authorize' : 'advertisers');
    });
  });
  return h('details', { class: 'later' }, h('summary', {}, 'TikTok’s way back did not load?'), form);
}
