import advertiserRow from '../page/advertiser-row.client.js?raw';
import advertisers from '../page/advertisers.client.js?raw';
import api from '../page/api.client.js?raw';
import app from '../page/app.client.js?raw';
import authorize from '../page/authorize.client.js?raw';
import chart from '../page/chart.client.js?raw';
import dom from '../page/dom.client.js?raw';
import finish from '../page/finish.client.js?raw';
import page from '../page/index.html?raw';
import load from '../page/load.client.js?raw';
import name from '../page/name.client.js?raw';
import style from '../page/page.css?raw';
import preview from '../page/preview.client.js?raw';
import range from '../page/range.client.js?raw';
import schedule from '../page/schedule.client.js?raw';
import unsent from '../page/unsent.client.js?raw';

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';

/** Everything that the browser loads, by path. */
export const PAGE_FILES: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  '/': { type: HTML, body: page },
  '/page.css': { type: CSS, body: style },
  '/advertiser-row.client.js': { type: JS, body: advertiserRow },
  '/advertisers.client.js': { type: JS, body: advertisers },
  '/api.client.js': { type: JS, body: api },
  '/app.client.js': { type: JS, body: app },
  '/authorize.client.js': { type: JS, body: authorize },
  '/chart.client.js': { type: JS, body: chart },
  '/dom.client.js': { type: JS, body: dom },
  '/finish.client.js': { type: JS, body: finish },
  '/load.client.js': { type: JS, body: load },
  '/name.client.js': { type: JS, body: name },
  '/preview.client.js': { type: JS, body: preview },
  '/range.client.js': { type: JS, body: range },
  '/schedule.client.js': { type: JS, body: schedule },
  '/unsent.client.js': { type: JS, body: unsent },
};
