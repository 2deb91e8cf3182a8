import type { Timer } from '../session/collection.ts';
import { cronFields, type DailyTime, onCalendar } from '../session/daily-time.ts';
import type { ResultFile } from './result-file.ts';

/** What starts `run.sh` every day, and the command that switches it on. */
export interface TimerResult {
  readonly files: readonly ResultFile[];
  /** Shell commands that switch it on. */
  readonly commands: readonly string[];
  /** Lets it run while the user is not logged in; may need more rights. */
  readonly lingers?: string;
}

/**
 * A systemd timer of the user's own, or a line for the user's crontab, that runs `<folder>/run.sh`.
 *
 * @param folder   absolute path
 * @param localZone the zone of this machine: cron knows no other
 */
export function timerFiles({
  slug,
  name,
  folder,
  schedule,
  timer,
  localZone,
  now,
}: {
  readonly slug: string;
  readonly name: string;
  readonly folder: string;
  readonly schedule: DailyTime;
  readonly timer: Timer;
  readonly localZone: string;
  readonly now: Date;
}): TimerResult {
  if (timer === 'cron') {
    const line = `${cronFields(localZone, schedule, now)} ${cronWord(`${folder}/run.sh`)} >> ${cronWord(`${folder}/run.log`)} 2>&1`;
    return {
      files: [
        {
          path: 'crontab.txt',
          mode: 0o644,
          says: 'The line that cron needs to run it every day.',
          content: `# ${oneLine(name)}: every day at ${schedule.time} (${schedule.timeZone}); written here in ${localZone}, the zone of this machine.
# cron knows no other zone: where summer time differs between the two, it runs an hour off for half of the year.
${line}
`,
        },
      ],
      // The line of an earlier time goes, and pasting it twice adds it once.
      commands: [`(${otherCronLines(folder)}; grep -v '^#' ${shellWord(`${folder}/crontab.txt`)}) | crontab -`],
    };
  }
  return {
    files: [
      {
        path: `systemd/${slug}.service`,
        mode: 0o644,
        says: 'What systemd runs.',
        content: `[Unit]
Description=TikTok Ads: ${unitText(oneLine(name))}

[Service]
Type=oneshot
WorkingDirectory=${unitText(folder)}
ExecStart=/bin/sh ${unitWord(`${folder}/run.sh`)}
`,
      },
      {
        path: `systemd/${slug}.timer`,
        mode: 0o644,
        says: 'When systemd runs it.',
        content: `[Unit]
Description=TikTok Ads: ${unitText(oneLine(name))}, every day at ${schedule.time} (${schedule.timeZone})

[Timer]
OnCalendar=${onCalendar(schedule)}
Persistent=true

[Install]
WantedBy=timers.target
`,
      },
    ],
    commands: [
      `systemctl --user link ${shellWord(`${folder}/systemd/${slug}.service`)} ${shellWord(`${folder}/systemd/${slug}.timer`)}`,
      `systemctl --user enable --now ${slug}.timer`,
    ],
    lingers: 'loginctl enable-linger',
  };
}

/** The shell command that takes a timer of an earlier setup away again; it does nothing where there is none. */
export function removeTimerCommand({
  folder,
  slug,
  timer,
}: {
  readonly folder: string;
  readonly slug: string;
  readonly timer: Timer;
}): string {
  if (timer === 'cron') return `${otherCronLines(folder)} | crontab - && rm -f ${shellWord(`${folder}/crontab.txt`)}`;
  const units = [`${folder}/systemd/${slug}.timer`, `${folder}/systemd/${slug}.service`].map(shellWord).join(' ');
  // The user's units are there as links, if they were ever switched on.
  const link = `\${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user/${slug}.timer`;
  return `if [ -L "${link}" ]; then systemctl --user disable --now ${slug}.timer; fi && rm -f ${units}`;
}

/** Prints the user's crontab without the lines that run this folder. */
function otherCronLines(folder: string): string {
  return `crontab -l 2>/dev/null | grep -vF ${shellWord(`${cronWord(`${folder}/run.sh`)} >>`)}`;
}

/** One word for a POSIX shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** cron reads `%` as a line break. */
function cronWord(text: string): string {
  return shellWord(text).replaceAll('%', '\\%');
}

/** systemd reads `%` as the start of a specifier. */
function unitText(text: string): string {
  return text.replaceAll('%', '%%');
}

function unitWord(text: string): string {
  const escaped = unitText(text).replaceAll('$', '$$$$');
  return /^[A-Za-z0-9_./:=@%+$-]+$/.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, '\\$&')}"`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
