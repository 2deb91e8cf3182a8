import { streams } from '../../streams/all-streams.ts';
import { CommandError } from '../command-error.ts';

/**
 * The streams with these names, which may be separated by commas; without names, those that are read by default.
 *
 * @throws CommandError
 */
export function chosenStreams(names: readonly string[] = []) {
  const wanted = names.flatMap((text) => text.split(','));
  const unknown = wanted.filter((name) => !streams.some((stream) => stream.name === name));
  if (unknown.length > 0) {
    const known = streams.map(({ name }) => name).join(', ');
    throw new CommandError(unknown.map((name) => `There is no stream ${JSON.stringify(name)}; there are ${known}.`));
  }
  return streams.filter(({ name, isDefault }) => (wanted.length === 0 ? isDefault : wanted.includes(name)));
}
