#!/usr/bin/env bash
# Makes the Python environments of this tier below the checkout's .cache/, from the lock files; again: 0.2 s.
#
#   setup.sh [NAME...]     all of them, or only those named; prints the folder that holds them on its last line
#
# Needs a Python 3.10, 3.11 or 3.12 with venv; ORCHESTRATORS_PYTHON names another than python3.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
cache="${ORCHESTRATORS_CACHE:-$(cd "$here/../.." && pwd)/.cache/orchestrators}"
python="${ORCHESTRATORS_PYTHON:-python3}"
UV_VERSION=0.13.9

die() {
  printf 'integration_tests/orchestrators/setup.sh: %s\n' "$*" >&2
  exit 1
}

command -v "$python" >/dev/null 2>&1 || die "no $python found: install Python 3.10, 3.11 or 3.12, or name one in ORCHESTRATORS_PYTHON"
version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
case "$version" in
3.10 | 3.11 | 3.12) ;;
*) die "$python is Python $version; PyAirbyte runs on 3.10, 3.11 and 3.12: name such a one in ORCHESTRATORS_PYTHON" ;;
esac
"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || die "$python has no venv: install it (Debian: apt-get install python3-venv)"

mkdir -p "$cache"
export UV_CACHE_DIR="${UV_CACHE_DIR:-$cache/uv-cache}"
if [ "$("$cache/uv/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
  rm -rf "${cache:?}/uv"
  "$python" -m venv "$cache/uv"
  "$cache/uv/bin/pip" install -q --disable-pip-version-check "uv==$UV_VERSION"
fi

[ "$#" -gt 0 ] || set -- airbyte airbyte-api meltano singer legacy rival-airbyte rival-singer
for name in "$@"; do
  lock="$here/requirements/$name.txt"
  [ -f "$lock" ] || die "no lock file for an environment called $name"
  want="$(cksum <"$lock")-$version"
  [ "$(cat "$cache/$name/.made-from" 2>/dev/null || true)" != "$want" ] || continue
  rm -rf "${cache:?}/$name"
  "$cache/uv/bin/uv" venv -q -p "$python" "$cache/$name"
  # Compiled now: where PYTHONDONTWRITEBYTECODE is set, every start would compile again.
  "$cache/uv/bin/uv" pip sync -q --compile-bytecode -p "$cache/$name/bin/python" --require-hashes "$lock"
  printf '%s\n' "$want" >"$cache/$name/.made-from"
done
printf '%s\n' "$cache"
