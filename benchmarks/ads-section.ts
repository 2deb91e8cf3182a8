import type { EmulatorOptions } from '../src/emulator/options.ts';
import { MEGABYTES_MAX } from './memory-section.ts';
import { readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const ADS = 50_000;

/** One advertiser with that many ads in 500 campaigns; TikTok cuts each of its reports at 20,000. */
const CUT: EmulatorOptions = {
  accounts: [{ campaigns: 500, adGroupsPerCampaign: 20, adsPerCampaign: ADS / 500, density: 1, created: '2020-01-01' }],
};

/** `ad_daily` of one advertiser with 50,000 ads on each day, more than are kept in memory. */
export const adsSection: Section = {
  name: 'ads',
  title: `Days of ${ADS.toLocaleString('en')} ads`,
  async measure(bench) {
    const { programs, quick } = bench;
    const figures = [];
    for (const { how, options, days } of [
      { how: 'page by page', options: preparedAccounts(1, ADS), days: quick ? 2 : 10 },
      { how: 'cut by TikTok, in slices', options: CUT, days: quick ? 1 : 3 },
    ]) {
      const tiktok = await startTikTok(programs, options);
      try {
        bench.say(`  ${days} days, ${how}`);
        const range = { from: firstDay(days), to: LAST_DAY };
        const args = await readArguments(bench, 'source', tiktok, { ...range, stream: 'ad_daily' });
        const { peakBytes, wallMs, cpuMs, records } = await runMeasured(programs, args, { records: days * ADS });
        const { all: requests } = await tiktok.countRequests();
        figures.push({ how, days, records, requests, peakMegabytes: peakBytes / 1e6, seconds: wallMs / 1000, cpuMs });
      } finally {
        await tiktok.close();
      }
    }
    const largest = Math.max(...figures.map(({ peakMegabytes }) => peakMegabytes));
    return {
      columns: [
        { title: 'how' },
        { title: 'rows', align: 'right' },
        { title: 'requests', align: 'right' },
        { title: 'memory, MB', align: 'right' },
        { title: 'time, s', align: 'right' },
        { title: 'processor time, µs a row', align: 'right' },
      ],
      rows: figures.map(({ how, records, requests, peakMegabytes, seconds, cpuMs }) => [
        how,
        records.toLocaleString('en'),
        requests.toLocaleString('en'),
        peakMegabytes.toFixed(0),
        seconds.toFixed(1),
        ((1000 * cpuMs) / records).toFixed(1),
      ]),
      notes: [
        'ad_daily of one advertiser, without a quota. The time of the slices is that of the emulator, which makes up each row as it is asked for.',
      ],
      budgets: [
        {
          what: `memory, at ${ADS.toLocaleString('en')} ads a day`,
          limit: `under ${MEGABYTES_MAX} MB resident`,
          measured: `${largest.toFixed(0)} MB`,
          isMet: largest < MEGABYTES_MAX,
        },
      ],
      figures,
    };
  },
};
