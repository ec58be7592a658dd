#!/bin/sh
# Check that every dependency has a wheel for each Python version and platform, without installing anything.
# unidic-lite has no wheels, but it is plain data: its source distribution needs no compiler. The script names every other
# package that a platform would have to compile.
# usage: deploy/check_platforms.sh [python ...]      default: 3.11 3.12 3.13 3.14
# Needs uv (pip install uv). Prints one line per combination. The exit code is 1 if x86_64 Linux fails.
set -u
export MACOSX_DEPLOYMENT_TARGET=14.0
cd "$(dirname "$0")/.."
UV=${UV:-$(command -v .venv/bin/uv || command -v uv)} || { echo "uv is not installed: pip install uv" >&2; exit 2; }
failed=0
for platform in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu aarch64-apple-darwin; do
  for python in ${*:-3.11 3.12 3.13 3.14}; do
    compiled=""
    while :; do
      if said=$("$UV" pip compile --quiet --no-header --only-binary :all: --no-binary unidic-lite $compiled \
          --python-version "$python" --python-platform "$platform" --constraint constraints.txt pyproject.toml \
          2>&1 >/dev/null); then
        names=$(echo "$compiled" | sed 's/--no-binary//g' | tr -s ' ')
        if [ -n "$names" ]; then names="compiles$names"; else names="wheels for everything"; fi
        echo "$platform $python: $names"
        break
      fi
      missing=$(echo "$said" | tr '\n' ' ' | sed -n 's/.*Because \([a-zA-Z0-9_.-]*\)==[^ ]* has no \(usable\|wheels\).*/\1/p')
      if [ -z "$missing" ] || echo "$compiled" | grep -q -- " $missing\b"; then
        echo "$platform $python: $(echo "$said" | tr '\n' ' ' | tr -s ' ' | cut -c1-300)"
        [ "$platform" = x86_64-unknown-linux-gnu ] && failed=1
        break
      fi
      compiled="$compiled --no-binary $missing"
    done
  done
done
exit $failed
