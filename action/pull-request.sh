#!/usr/bin/env bash
# Lints the contracts and compares them with the base of a pull request: annotations on standard output, Markdown in the
# summary of the job. Needs no token and no permission, so it is safe for pull requests from forks.
#
# PACT_BASE             the commit to compare with; empty runs lint alone
# PACT_FAIL_ON          the lowest severity of lint that fails (default: error)
# GITHUB_STEP_SUMMARY   the file of the job's summary; may be missing
#
# Ends with the worst exit code: 0 clean, 1 findings, 2 pact could not do its work.
set -uo pipefail

summary="${GITHUB_STEP_SUMMARY:-/dev/null}"
worst=0

# Runs pact twice, since it is instant: once for the annotations, once for the summary.
run() {
  local code=0
  pact "$@" --format github || code=$?
  pact "$@" --format markdown >>"$summary" 2>/dev/null || true
  [ "$code" -le "$worst" ] || worst=$code
}

run lint --fail-on "${PACT_FAIL_ON:-error}"

if [ -n "${PACT_BASE:-}" ]; then
  # The checkout of a pull request is shallow: one commit, without the base. Two commits are enough to compare.
  if ! git cat-file -e "$PACT_BASE^{commit}" 2>/dev/null &&
    ! git fetch --quiet --no-tags --depth=1 origin "$PACT_BASE"; then
    echo "::error title=pact::the base commit $PACT_BASE is not in this clone and could not be fetched;" \
      "check out with fetch-depth: 0"
    exit 2
  fi
  run diff "$PACT_BASE..HEAD"
else
  echo "::notice title=pact::this is no pull request: nothing to compare with, only lint ran"
fi

exit "$worst"
