import { Html, html } from './html.ts';

/** The pages need no script; everything else stays forbidden. Consent forms post to the emulator and end elsewhere. */
export const PORTAL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
:root { color-scheme: light dark; --bg: #f3f4f6; --card: #fff; --ink: #16181d; --soft: #565b66; --line: #d9dce3;
  --accent: #b3123f; --on-accent: #fff; --wash: #fbeff2; --warn: #7a4a00; --warn-wash: #fff4dc; }
@media (prefers-color-scheme: dark) { :root { --bg: #101216; --card: #191c22; --ink: #eceef2; --soft: #a9afbb;
  --line: #333844; --accent: #ff7d9d; --on-accent: #2b0610; --wash: #2b1c22; --warn: #ffd58a; --warn-wash: #33290f; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--bg); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.note { background: var(--warn-wash); color: var(--warn); padding: .45rem 1rem; text-align: center; font-size: .875rem; }
main { max-width: 34rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.75rem;
  box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 8px 28px rgb(0 0 0 / .06); }
.brand { font-weight: 700; letter-spacing: -.01em; margin: 0 0 1rem; }
.brand span { color: var(--accent); }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); font-size: .9rem; }
label { display: block; font-weight: 600; margin-top: .9rem; }
input[type=email], input[type=password], input[type=text] { width: 100%; font: inherit; color: inherit; margin-top: .3rem;
  background: transparent; border: 1px solid var(--soft); border-radius: 9px; padding: .6rem .75rem; }
input[type=checkbox] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); flex: none; margin: .2rem 0 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul.ticks { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 10px; overflow: auto;
  max-height: 21rem; }
ul.ticks li + li { border-top: 1px solid var(--line); }
ul.ticks label { display: flex; gap: .75rem; margin: 0; padding: .65rem .85rem; font-weight: 500; cursor: pointer; }
ul.ticks label:hover { background: var(--wash); }
ul.ticks small { display: block; color: var(--soft); font-weight: 400; font-size: .84rem; overflow-wrap: anywhere; }
.actions { display: flex; gap: .75rem; margin-top: 1.5rem; flex-wrap: wrap; }
button { font: inherit; font-weight: 650; border-radius: 999px; padding: .65rem 1.4rem; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: inherit; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); flex: 1; }
.error { background: var(--wash); border-left: 4px solid var(--accent); border-radius: 8px; padding: .65rem .9rem; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
`;

/** A whole page of the portal around `body`. */
export function portalPage(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · TikTok for Business (emulator)</title><style>${new Html(STYLE)}</style></head>
<body><header class="note">This is the emulator on your machine, not TikTok. Any e-mail and password will do.</header>
<main><div class="card"><p class="brand">TikTok <span>for Business</span></p>${body}</div></main></body></html>
`.text;
}
