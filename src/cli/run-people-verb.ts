import { streams } from '../streams/all-streams.ts';
import { watchOutput } from '../wire/last-word.ts';
import { visibleLines } from '../wire/visible.ts';

/**
 * Runs one of the verbs for people. Failures go to standard error, without a stack when the person can fix them.
 *
 * @returns the exit code
 */
export async function runPeopleVerb(verb: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const text = (key: string) => values[key] as string | undefined;
  const printStyled = (line: string) => {
    process.stdout.write(`${line}\n`);
  };
  const print = (line: string) => printStyled(visibleLines(line));
  watchOutput();
  try {
    switch (verb) {
      case 'plan': {
        const { printPlan } = await import('./commands/plan.ts');
        return await printPlan(
          {
            configPath: text('config') ?? '',
            statePath: text('state'),
            shard: text('shard'),
            shards: values.shards as number | undefined,
            json: values.json === true,
            catalogPath: text('catalog'),
            streams,
            debug: values.debug === true,
          },
          print,
        );
      }
      case 'advertisers': {
        const { printAdvertisers } = await import('./commands/advertisers.ts');
        return await printAdvertisers(
          {
            configPath: text('config') ?? '',
            shard: text('shard'),
            json: values.json === true,
            debug: values.debug === true,
          },
          print,
        );
      }
      case 'catalog': {
        const { catalogText } = await import('./commands/catalog.ts');
        const names = values.streams as readonly string[] | undefined;
        print(catalogText({ configPath: text('config') ?? '', names }));
        return 0;
      }
      case 'status': {
        const { printStatus } = await import('./status/status.ts');
        const [config, state, from, folder] = [text('config'), text('state'), text('from'), text('folder')];
        const shard = text('shard');
        const is = (flag: string) => values[flag] === true;
        const flags = { offline: is('offline'), all: is('all'), json: is('json'), debug: is('debug') };
        return await printStatus({ config, state, from, folder, shard, ...flags }, printStyled);
      }
      case 'state show': {
        const { showState } = await import('./commands/state.ts');
        await showState({ state: text('state'), from: text('from') }, print);
        return 0;
      }
      case 'state remove': {
        const { removeFromState } = await import('./commands/state.ts');
        const place = { state: text('state'), from: text('from') };
        const names = values.streams as readonly string[] | undefined;
        await removeFromState({ place, ids: values.advertiser as readonly string[], names }, print);
        return 0;
      }
      case 'state export': {
        const { exportState } = await import('./commands/move-state.ts');
        print(await exportState(text('from') ?? '', values.format === 'singer' ? 'singer' : 'airbyte'));
        return 0;
      }
      case 'state import': {
        const { importState } = await import('./commands/move-state.ts');
        const [configPath = '', state = '', into = ''] = [text('config'), text('state'), text('into')];
        for (const line of await importState({ configPath, state, into })) print(line);
        return 0;
      }
      case 'state merge': {
        const { mergeStateFiles } = await import('./commands/merge-states.ts');
        print(
          mergeStateFiles(
            values.files as string[],
            streams.map(({ name }) => name),
          ),
        );
        return 0;
      }
      case 'emulator': {
        const { runEmulator } = await import('./commands/emulator.ts');
        const port = values.port as number;
        const seed = values.seed as number | undefined;
        return await runEmulator(
          { host: text('host') ?? '127.0.0.1', port, seed, now: text('now'), scenario: text('scenario') },
          print,
        );
      }
      case 'setup': {
        const { runSetupVerb } = await import('./commands/setup.ts');
        return await runSetupVerb(values, process.env, print);
      }
      case 'sync': {
        const { runSyncVerb } = await import('./commands/sync.ts');
        return await runSyncVerb(values, print);
      }
      case 'query': {
        const { answerQueries } = await import('./commands/query.ts');
        await answerQueries({ from: text('from') ?? '', files: values.files as readonly string[] }, print);
        return 0;
      }
      case 'demo': {
        const { runDemo } = await import('./demo/run-demo.ts');
        return await runDemo({ folder: text('folder') });
      }
      default:
        throw new Error(`The verb ${verb} has no command.`);
    }
  } catch (error) {
    const [{ describeCommandFailure }, { wrap }] = await Promise.all([
      import('./describe-command-failure.ts'),
      import('../terminal/wrap.ts'),
    ]);
    const lines = describeCommandFailure(error) ?? [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ];
    for (const line of lines) process.stderr.write(`${wrap(visibleLines(line), process.stderr.columns)}\n`);
    // A monitor takes exit code 1 to mean that the table is behind, so other failures of `status` end with 2.
    return verb === 'status' ? 2 : 1;
  }
}
