import type { Call, Reply } from '../http/call.ts';
import type { Exchange } from '../http/exchange.ts';
import * as parameter from '../http/parameters.ts';
import { AppQuota, quotaLimits } from '../http/quota.ts';
import { Refusal } from '../http/refusal.ts';
import { accountFor, type World } from '../world/world.ts';
import { csvOf } from './csv.ts';
import { checkDates, checkMetrics, parseReportRequest, type ReportRequest, type Span } from './report-request.ts';
import { buildTable } from './report-table.ts';

const FORMATS = ['CSV_STRING', 'CSV_DOWNLOAD', 'XLSX_DOWNLOAD'] as const;
const LIFE_MS = 30 * 86_400_000;
const LINK_LIFE_MS = 3_600_000;
const HOUR_MS = 3_600_000;
const CREATIONS_MAX_AN_HOUR = 500;
const FILES = '/emulator/report-files/';

interface Task {
  readonly id: string;
  readonly advertiserId: string;
  readonly token: string;
  readonly request: ReportRequest;
  readonly span: Span | undefined;
  readonly format: (typeof FORMATS)[number];
  readonly fileName: string;
  readonly titles: boolean;
  readonly createdMs: number;
  /** Each check moves the task one step on, because the clock may stand still. */
  checks: number;
  canceled: boolean;
}

/** Asynchronous reports: `report/task/create|check|download|cancel`. */
export class ReportTasks {
  readonly #world: World;
  readonly #tasks = new Map<string, Task>();
  /** Links to files: name in the path → task and the end of its hour. */
  readonly #links = new Map<string, { readonly task: Task; readonly untilMs: number }>();
  readonly #creations = new Map<string, number>();
  /** The endpoint's own limits, the same at every tier ("Rate limits"). */
  readonly #quota: AppQuota | undefined;

  constructor(world: World, { quotaEnforced }: { readonly quotaEnforced: boolean }) {
    this.#world = world;
    this.#quota = quotaEnforced
      ? new AppQuota(quotaLimits({ per_second: 2, per_minute: 60, per_day: 4500 }), world.app.id)
      : undefined;
  }

  create({ parameters, grant, token }: Call): Reply {
    const world = this.#world;
    const now = world.clock.now();
    const format = parameter.oneOf(parameters, 'output_format', FORMATS) ?? 'CSV_STRING';
    if (format === 'XLSX_DOWNLOAD') throw new Refusal(40008, 'This emulator writes no XLSX; ask for CSV.');
    const fileName = parameter.text(parameters, 'file_name') ?? 'report';
    if (fileName.length > 255) throw new Refusal(40002, 'file_name: Longer than maximum length 255.');
    const request = parseReportRequest(parameters, { task: true });
    const accounts = request.advertiserIds.map((id) => accountFor(world, grant, id));
    const span = checkDates(request, { spanLimited: false });
    checkMetrics(request, world.withdrawnMetrics);
    const advertiserId = accounts[0]?.id ?? '';
    this.#count(advertiserId, now);
    const task: Task = {
      id: (7_400_000_000_000_000_001n + BigInt(this.#tasks.size)).toString(),
      advertiserId,
      token,
      request,
      span,
      format,
      fileName,
      titles:
        parameters.enable_report_title_translation === undefined ||
        parameter.flag(parameters, 'enable_report_title_translation'),
      createdMs: now.getTime(),
      checks: 0,
      canceled: false,
    };
    this.#tasks.set(task.id, task);
    return { data: JSON.stringify({ task_id: task.id }) };
  }

  check(call: Call): Reply {
    const task = this.#task(call);
    const status = statusOf(task);
    task.checks++;
    return { data: JSON.stringify({ status, message: '' }) };
  }

  download(call: Call): Reply {
    const task = this.#task(call);
    if (statusOf(task) !== 'SUCCESS') throw new Refusal(40201, 'The task is not ready. Please try again later.');
    const text = (): string => this.#text(task);
    if (task.format === 'CSV_STRING') return { data: '{}', raw: { type: 'text/csv; charset=utf-8', body: text() } };
    const name = `${task.id}.csv`;
    this.#links.set(name, { task, untilMs: this.#world.clock.now().getTime() + LINK_LIFE_MS });
    const answer = {
      download_url: `${this.#world.origin}${FILES}${name}`,
      file_name: task.fileName,
      output_format: task.format,
    };
    return { data: JSON.stringify(answer) };
  }

  cancel(call: Call): Reply {
    const task = this.#task(call);
    if (statusOf(task) === 'SUCCESS') throw new Refusal(40200, 'The task has finished and cannot be canceled.');
    task.canceled = true;
    return { data: JSON.stringify({ status: 'CANCELED', message: '' }) };
  }

  /** Serves the files that download links point to. */
  serveFile({ method, path, response }: Exchange): boolean {
    if (!path.startsWith(FILES)) return false;
    const link = this.#links.get(path.slice(FILES.length));
    const now = this.#world.clock.now();
    if (method !== 'GET' || !link || now.getTime() > link.untilMs) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404 page not found');
    } else {
      response
        .writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8', Date: now.toUTCString() })
        .end(this.#text(link.task));
    }
    return true;
  }

  #task({ parameters, token, grant }: Call): Task {
    const advertiserId = parameter.id('advertiser_id', parameter.requiredText(parameters, 'advertiser_id'));
    const taskId = parameter.requiredText(parameters, 'task_id');
    accountFor(this.#world, grant, advertiserId);
    const task = this.#tasks.get(taskId);
    const lives = task && this.#world.clock.now().getTime() - task.createdMs <= LIFE_MS;
    if (!lives || task.token !== token || task.advertiserId !== advertiserId) {
      throw new Refusal(40007, `The task ${taskId} does not exist.`);
    }
    return task;
  }

  #count(advertiserId: string, now: Date): void {
    if (!this.#quota) return;
    try {
      this.#quota.take({ now, path: 'report/task/create/', advertiserId: undefined, signature: '' });
    } catch {
      throw new Refusal(40016, 'Too many requests. Please retry in some time.');
    }
    const key = `${advertiserId} ${Math.floor(now.getTime() / HOUR_MS)}`;
    const count = (this.#creations.get(key) ?? 0) + 1;
    this.#creations.set(key, count);
    if (count > CREATIONS_MAX_AN_HOUR)
      throw new Refusal(40016, 'Too many report tasks for this advertiser. Please retry in some time.');
  }

  #text(task: Task): string {
    const accounts = task.request.advertiserIds.flatMap((id) => this.#world.accounts.get(id) ?? []);
    // There is no limit of ads here: TikTok recommends asynchronous reports for that.
    const table = buildTable(this.#world, accounts, task.request, task.span, { adsMax: Number.POSITIVE_INFINITY });
    return csvOf(table, task.request, { titles: task.titles });
  }
}

function statusOf({ checks, canceled }: Task): 'QUEUING' | 'PROCESSING' | 'SUCCESS' | 'CANCELED' {
  if (canceled) return 'CANCELED';
  return checks === 0 ? 'QUEUING' : checks === 1 ? 'PROCESSING' : 'SUCCESS';
}
