#!/usr/bin/env bash
# Lints the contracts and compares them with the base of a pull request: annotations on standard output, Markdown in the
# summary of the job. Needs no token and no permission, so it is safe for pull requests from forks.
#
# PACT_BASE             the commit to compare with; empty runs lint alone
# PACT_HEAD             the head of the pull request; empty where the base was chosen by hand
# PACT_FAIL_ON          the lowest severity of lint that fails (default: error)
# PACT_SARIF            the folder for SARIF logs, relative to GITHUB_WORKSPACE; empty writes none
# GITHUB_WORKSPACE      the folder that the repository was checked out to; the working directory if not set
# GITHUB_STEP_SUMMARY   the file of the job's summary; may be missing
#
# Ends with the worst exit code: 0 clean, 1 findings, 2 pact could not do its work.
set -uo pipefail

summary="${GITHUB_STEP_SUMMARY:-/dev/null}"
worst=0
sarif=""
if [ -n "${PACT_SARIF:-}" ]; then
  case "$PACT_SARIF" in
    /*) sarif="$PACT_SARIF" ;;
    *) sarif="${GITHUB_WORKSPACE:-$PWD}/$PACT_SARIF" ;;
  esac
  mkdir -p "$sarif" || { echo "::error title=pact::the folder $PACT_SARIF can't be made"; exit 2; }
fi

# Runs pact more than once, since it is instant: for the annotations, for the summary, and for code scanning.
run() {
  local code=0
  pact "$@" --format github || code=$?
  pact "$@" --format markdown >>"$summary" 2>/dev/null || true
  [ -z "$sarif" ] || pact "$@" --format sarif --output "$sarif/pact-$1.sarif" >/dev/null || true
  [ "$code" -ne 2 ] || echo "::error title=pact::pact $1 could not do all of its work, see above in the log"
  [ "$code" -le "$worst" ] || worst=$code
}

# What to compare, for `pact diff`. What is checked out of a pull request is a merge of the base, as it is now, with the
# head: what changed is the difference to the first parent. The event's own base may be older, and what others did since
# would look like the doing of this pull request. A shallow clone hides parents from `git rev-parse`, not from `cat-file`.
range() {
  local parents
  parents=$(git cat-file commit HEAD | sed -n '/^$/q; s/^parent //p')
  # shellcheck disable=SC2086
  set -- $parents
  if [ $# -eq 2 ] && [ "$2" = "${PACT_HEAD:-}" ]; then
    have "$1" && echo "$1..HEAD"
  elif git merge-base "$PACT_BASE" HEAD >/dev/null 2>&1; then
    echo "$PACT_BASE...HEAD"
  elif [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    # Where the work began lies further back than the clone goes.
    git fetch --quiet --no-tags --unshallow origin HEAD "$PACT_BASE" && echo "$PACT_BASE...HEAD"
  else
    have "$PACT_BASE" && echo "$PACT_BASE...HEAD"
  fi
}

# Makes sure of a commit: the checkout of a pull request is shallow and has one alone. Two are enough to compare.
have() {
  git cat-file -e "$1^{commit}" 2>/dev/null || git fetch --quiet --no-tags --depth=1 origin "$1"
}

run lint --fail-on "${PACT_FAIL_ON:-error}"

if [ -z "${PACT_BASE:-}" ]; then
  echo "::notice title=pact::this is no pull request: nothing to compare with, only lint ran"
elif range=$(range); then
  run diff "$range"
else
  echo "::error title=pact::the base commit $PACT_BASE is not in this clone and could not be fetched;" \
    "check out with fetch-depth: 0"
  exit 2
fi

exit "$worst"
