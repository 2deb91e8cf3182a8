#!/usr/bin/env bash
# One run: reads what is due with `docker run`, loads it, and only then keeps the state for the next run.
#
#   ./sync.sh duckdb      into campaign_daily.duckdb in this folder
#   ./sync.sh postgres    into the database that DATABASE_URL names
#
# The folder holds config.json; catalog.json and state.json appear in it. Exit code: the connector's own, so that cron or
# a scheduler sees a run that could not read everything. What it did read is loaded all the same.
#
#   IMAGE            source-tiktok-ads:0.1.0
#   DATA             the folder; this one
#   DOCKER_OPTIONS   more options for docker run, such as --network
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
image="${IMAGE:-source-tiktok-ads:0.1.0}"
data="${DATA:-$here}"
loader="${1:-}"
case "$loader" in
duckdb | postgres) ;;
*)
  sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac

# As the owner of the folder, so that a config.json of mode 600 can be read.
source_tiktok_ads() {
  # shellcheck disable=SC2086
  docker run --rm --user "$(id -u):$(id -g)" --volume "$data:/data:ro" ${DOCKER_OPTIONS:-} "$image" "$@"
}

cd "$data"
if [ ! -s catalog.json ]; then
  source_tiktok_ads catalog --config /data/config.json >catalog.json.new
  mv catalog.json.new catalog.json
fi

state=()
[ ! -s state.json ] || state=(--state /data/state.json)
code=0
source_tiktok_ads read --config /data/config.json --catalog /data/catalog.json "${state[@]}" >messages.jsonl || code=$?

case "$loader" in
duckdb) duckdb campaign_daily.duckdb <"$here/load-duckdb.sql" ;;
postgres) psql "$DATABASE_URL" --quiet --set ON_ERROR_STOP=1 --file "$here/load-postgres.sql" <messages.jsonl ;;
esac

# The rows are in the database: now the state may say so. It is a list of the state messages' contents.
# The last one of each stream, replaced whole or not at all: a run that was killed may have printed none, or its last line in part.
{ [ ! -s state.json ] || cat state.json; echo; cat messages.jsonl; } |
  jq -cRn '[inputs | fromjson? | if type == "array" then .[] else select(.type == "STATE").state end]
    | group_by(.stream.stream_descriptor.name) | map(last) | select(. != [])' >state.json.new
if [ -s state.json.new ]; then mv state.json.new state.json; fi
rm -f messages.jsonl state.json.new
exit "$code"
