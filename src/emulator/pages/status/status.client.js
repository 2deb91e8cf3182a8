// @ts-check
// The status page: asks for the emulator's status again and again and writes it into the tables.

/** @typedef {import('../status.ts').EmulatorStatus} EmulatorStatus */

/** How often the page looks, milliseconds. */
const EVERY_MS = 1000;

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

/**
 * @param {string} tag
 * @param {string} [text]
 * @param {string} [className]
 */
function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** @param {(string | { text: string, small?: string, className?: string })[]} cells */
function row(cells) {
  const made = document.createElement('tr');
  for (const cell of cells) {
    const { text, small, className } = typeof cell === 'string' ? { text: cell } : cell;
    const td = element('td', text, className);
    if (small) td.append(element('small', small));
    made.append(td);
  }
  return made;
}

/** @param {string} id @param {HTMLElement[]} rows @param {string} whenEmpty @param {number} columns */
function fill(id, rows, whenEmpty, columns) {
  if (rows.length === 0) {
    const none = /** @type {HTMLTableCellElement} */ (element('td', whenEmpty, 'empty'));
    none.colSpan = columns;
    const only = document.createElement('tr');
    only.append(none);
    part(id).replaceChildren(only);
    return;
  }
  part(id).replaceChildren(...rows);
}

/** @param {{ key: string, label: string }} button */
function faultButton({ key, label }) {
  const made = element('button', label, key === 'end' ? 'small' : 'small quiet');
  made.setAttribute('type', 'button');
  made.addEventListener('click', async () => {
    const answer = await post('/emulator/faults', { press: key });
    const { says } = await answer.json();
    await look();
    part('said').textContent = says;
  });
  return made;
}

/** @param {string} path @param {object} body */
function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** @param {EmulatorStatus} status */
function show(status) {
  part('now').textContent = `${status.now.slice(0, 19).replace('T', ' ')} UTC`;
  part('api-url').textContent = status.apiUrl;
  part('config').textContent = JSON.stringify(status.config, undefined, 2);
  part('account-count').textContent =
    status.accounts.length < status.accountCount
      ? `${status.accountCount}, the first ${status.accounts.length} shown`
      : String(status.accountCount);
  fill(
    'accounts',
    status.accounts.map((account) =>
      row([
        { text: account.name, small: account.id },
        { text: account.status.replace('STATUS_', ''), className: account.status === 'STATUS_ENABLE' ? 'good' : 'bad' },
        { text: account.timezone, small: `${account.today} · ${account.currency}` },
        { text: String(account.campaigns), className: 'number' },
      ]),
    ),
    'No advertiser.',
    4,
  );
  const revoked = status.tokenRevoked ? [row([{ text: 'token revoked', small: 'every call: 40105' }, '', ''])] : [];
  fill(
    'faults',
    revoked.concat(
      status.faults.map((fault) =>
        row([
          { text: fault.name, small: fault.says },
          { text: String(fault.hits), className: fault.hits > 0 ? 'number bad' : 'number' },
          { text: fault.left === undefined ? 'no end' : String(fault.left), className: 'number' },
        ]),
      ),
    ),
    'No fault is in force.',
    3,
  );
  // Made once: a button that is made anew loses the focus.
  if (part('buttons').childElementCount === 0) part('buttons').replaceChildren(...status.buttons.map(faultButton));
  part('request-count').textContent =
    status.requests.length < status.requestCount
      ? `${status.requestCount}, the newest ${status.requests.length} shown`
      : String(status.requestCount);
  fill(
    'requests',
    status.requests.map((request) =>
      row([
        { text: String(request.number), className: 'number' },
        request.at.slice(11, 19),
        { text: `${request.method} ${request.path}`, ...(request.advertiserId ? { small: request.advertiserId } : {}) },
        {
          text: request.code === undefined ? `HTTP ${request.httpStatus}` : String(request.code),
          className: request.code === 0 || (request.code === undefined && request.httpStatus < 400) ? 'good' : 'bad',
        },
        request.note ?? '',
      ]),
    ),
    'No request yet.',
    5,
  );
}

let shown = '';
async function look() {
  try {
    const answer = await fetch('/emulator/status.json');
    const text = await answer.text();
    // Untouched tables keep the reader's place and selection.
    if (text !== shown) {
      shown = text;
      show(JSON.parse(text));
    }
    part('link').textContent = 'live';
    part('link').classList.remove('lost');
  } catch {
    part('link').textContent = 'the emulator does not answer';
    part('link').classList.add('lost');
  }
}

part('day').addEventListener('click', async () => {
  const answer = await post('/emulator/clock', { days: 1 });
  await look();
  part('said').textContent = answer.ok
    ? `The clock moved one day on: ${part('now').textContent}. The last days are restated.`
    : 'The clock could not be moved.';
});

await look();
setInterval(look, EVERY_MS);

export {};
