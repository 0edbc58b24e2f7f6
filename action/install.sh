#!/usr/bin/env bash
# Makes `pact` known to the next steps: the program given, or one built from the source beside this script.
#
# PACT_GIVEN    a pact program; may be empty
# PACT_SOURCE   the folder of the action
# RUNNER_TEMP, GITHUB_PATH   as GitHub sets them
set -euo pipefail

if [ -n "${PACT_GIVEN:-}" ]; then
  pact=$(realpath -- "$PACT_GIVEN") || { echo "::error title=pact::the program $PACT_GIVEN is not there"; exit 2; }
  folder="$RUNNER_TEMP/pact/bin"
  mkdir -p "$folder"
  ln -sf "$pact" "$folder/pact"
else
  cargo install --quiet --locked --path "$PACT_SOURCE" --root "$RUNNER_TEMP/pact"
  folder="$RUNNER_TEMP/pact/bin"
fi
"$folder/pact" --version
echo "$folder" >>"$GITHUB_PATH"
