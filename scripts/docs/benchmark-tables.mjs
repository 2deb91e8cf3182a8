import { table } from './markdown.mjs';

/** `benchmarks/results.json` as tables: `bench-machine`, `bench-budgets`, and `bench-NAME` for each section. */
export function benchmarkTables({ machine, sections }) {
  const all = Object.entries(sections);
  return [
    ['bench-machine', circumstances(machine, all)],
    [
      'bench-budgets',
      table(
        ['budget', 'at most or at least', 'measured', ''],
        all.flatMap(([, { budgets }]) =>
          budgets.map(({ what, limit, measured, isMet }) => [what, limit, measured, isMet ? 'met' : '**missed**']),
        ),
      ),
    ],
    ...all.map(([name, { columns, rows, notes }]) => [
      `bench-${name}`,
      [
        table(
          columns.map(({ title }) => title),
          rows,
        ),
        ...notes,
      ].join('\n\n'),
    ]),
  ];
}

function circumstances({ node, platform, cpu, cores, memoryGigabytes }, sections) {
  const days = [...new Set(sections.map(([, { measuredOn }]) => measuredOn))].sort();
  const quick = sections.filter((section) => section[1].quick).map(([name]) => `\`${name}\``);
  const loads = sections.map(([name, { load }]) => `\`${name}\` ${load}`);
  return [
    `Node ${node} on ${platform}, ${cores} cores (${cpu}), ${memoryGigabytes} GiB; ${days.join(', ')}.`,
    ...(quick.length > 0 ? [`With \`--quick\`: ${quick.join(', ')}.`] : []),
    `Load of the machine when each section began: ${loads.join(', ')}.`,
  ].join(' ');
}
