#!/bin/sh
# Starts the program with a heap that fits the container. It ends in `exec`, so that node itself gets the signals.
set -eu

program=/airbyte/dist/source-tiktok-ads.js

# V8 does not heed a small container: at 256 MB it would let the heap grow to 271 MB, and the kernel would end it without
# a word. Three quarters of the limit leave room for buffers and code. (cgroup v2, then v1; "no limit" is `max` in the
# one and a number of nineteen digits in the other.)
limit=
for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  if [ -r "$file" ]; then
    read -r limit <"$file" || :
    break
  fi
done
case "${NODE_OPTIONS:-}" in
*max-old-space-size*) limit= ;; # the operator's own figure
esac
case "$limit" in
'' | *[!0-9]* | ???????????????*) exec node "$program" "$@" ;;
*) exec node "--max-old-space-size=$((limit / 1048576 * 3 / 4))" "$program" "$@" ;;
esac
