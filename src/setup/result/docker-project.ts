import { type ColumnChoice, columnChoiceIn, type ReportStream } from '../../streams/stream.ts';
import type { Collection } from '../session/collection.ts';
import type { ConfigObject } from './config-file.ts';
import type { ResultFile } from './result-file.ts';
import { shellWord } from './timer-files.ts';

/**
 * A script that runs the image once: rows into `data/`, the state beside it, and the exit code of the connector.
 *
 * The container runs as the owner of the folder, so that it can read files of mode 0600 and what it writes is theirs.
 */
export function dockerProject({
  collection: { name, streams },
  image,
  config,
  configName,
}: {
  readonly collection: Pick<Collection, 'name' | 'streams'>;
  readonly image: string;
  readonly config: ConfigObject;
  /** The configuration's file, in the same folder. */
  readonly configName: string;
}): readonly ResultFile[] {
  return [
    {
      path: 'run.sh',
      mode: 0o755,
      says: 'Runs the image once; a timer or you start it.',
      content: script({ name, image, configName, streams }),
    },
    {
      path: 'catalog.json',
      mode: 0o644,
      says: 'Which columns are read, and how.',
      content: `${JSON.stringify({ streams: streams.map((stream) => configuredStream(stream, columnChoiceIn(config))) }, undefined, 2)}\n`,
    },
  ];
}

/** A stream in the catalog of a read: every column, incremental. */
function configuredStream(stream: ReportStream, choice: ColumnChoice): unknown {
  const { name, primaryKey, cursor } = stream;
  const keys = primaryKey.map((column) => [column]);
  return {
    stream: {
      name,
      json_schema: stream.schema(choice),
      supported_sync_modes: ['full_refresh', 'incremental'],
      source_defined_cursor: true,
      default_cursor_field: [cursor],
      source_defined_primary_key: keys,
    },
    sync_mode: 'incremental',
    cursor_field: [cursor],
    destination_sync_mode: 'append_dedup',
    primary_key: keys,
  };
}

function script({
  name,
  image,
  configName,
  streams,
}: Pick<Collection, 'name' | 'streams'> & { readonly image: string; readonly configName: string }): string {
  return `#!/bin/sh
# ${name.replace(/\s+/g, ' ')}: reads TikTok Ads once. Rows go to data/<time>.jsonl, one Airbyte message a line;
# state.json remembers what has been read, so that the next run reads what is new or may have changed.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p data

# Files of mode 0600 can be read by their owner only: the container runs as the owner of this folder.
owner=$(ls -nd . | awk '{print $3 ":" $4}')
file="data/$(date -u +%Y-%m-%dT%H-%M-%SZ).jsonl"
set -- read --config ${shellWord(`/project/${configName}`)} --catalog /project/catalog.json
if [ -s state.json ]; then set -- "$@" --state /project/state.json; fi

code=0
docker run --rm --user "$owner" --volume "$PWD:/project:ro" ${shellWord(image)} "$@" > "$file.partial" || code=$?
mv "$file.partial" "$file"

# After the rows: a stop in between reads some days again and loses none. Of a failed run, too: what it read is there.
# Of each stream its last state counts, of this run or of one before. A last line that has no end was cut, and is no state.
if [ -n "$(tail -c 1 "$file")" ]; then last='$d'; else last=; fi
{
  if [ -s state.json ]; then sed 's/^\\[//; s/,$//; s/\\]$//' state.json; echo; fi
  sed "$last" "$file" | sed -n 's/^{"type":"STATE","state":\\(.*\\)}$/\\1/p'
} > states.partial
for stream in ${streams.map((stream) => stream.name).join(' ')}; do
  grep -F '"stream_descriptor":{"name":"'"$stream"'"' states.partial | tail -n 1
done | sed '1s/^/[/; $!s/$/,/; $s/$/]/' > state.json.partial
rm states.partial
if [ -s state.json.partial ]; then mv state.json.partial state.json; else rm state.json.partial; fi
echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) exit $code, $(grep -c '^{"type":"RECORD"' "$file" || true) rows in $file" >&2
exit "$code"
`;
}
