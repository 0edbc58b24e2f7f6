#!/bin/sh
# The whole way once, on the example shop: lint, diff, check against a live data service, ledger, dictionary, diagram.
#
#   examples/shop/tour.sh
#
# It builds pact and the data service with cargo, unless PACT and DATA_SERVICE name the programs. Everything happens in a
# temporary folder, which is removed at the end. The contracts say where the service listens: port 8787 of this machine.
# Where that is taken, or PORT names another, the contracts in the temporary folder are changed to say so.
#
# Exit code 0 if every step ended as it should: some have to end with exit code 1, since they show what pact finds.
set -eu

shop=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$shop/../.." && pwd)

if [ -z "${PACT:-}" ] || [ -z "${DATA_SERVICE:-}" ]; then
    (cd "$root" && cargo build --quiet --locked --bin pact --example data_service)
    target=${CARGO_TARGET_DIR:-$root/target}
    PACT=${PACT:-$target/debug/pact}
    DATA_SERVICE=${DATA_SERVICE:-$target/debug/examples/data_service}
fi
for program in "$PACT" "$DATA_SERVICE"; do
    if [ ! -x "$program" ]; then
        echo "error: there is no program $program" >&2
        echo "  help: unset PACT and DATA_SERVICE to have them built" >&2
        exit 2
    fi
done
# Relative paths would lead elsewhere from the temporary folder.
PACT=$(CDPATH='' cd -- "$(dirname -- "$PACT")" && pwd)/$(basename -- "$PACT")
DATA_SERVICE=$(CDPATH='' cd -- "$(dirname -- "$DATA_SERVICE")" && pwd)/$(basename -- "$DATA_SERVICE")

port=8787
work=$(mktemp -d)
service=
failed=0

stop_service() {
    if [ -n "$service" ]; then
        kill "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
        service=
    fi
}
clean_up() {
    stop_service
    rm -rf -- "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

heading() {
    printf '\n== %s\n\n' "$1"
}

# expect CODE ARGUMENT...: runs pact and holds its exit code against what the step is meant to show.
expect() {
    wanted=$1
    shift
    printf '$ %spact %s\n' "${PACT_TODAY:+PACT_TODAY=$PACT_TODAY }" "$*"
    code=0
    "$PACT" "$@" || code=$?
    if [ "$code" -eq "$wanted" ]; then
        printf '[exit code %s, as it should be]\n\n' "$code"
    else
        printf '[exit code %s, and it should be %s]\n\n' "$code" "$wanted"
        failed=$((failed + 1))
    fi
}

# launch PORT ARGUMENT...: starts the service in the background and waits until it answers or has ended.
launch() {
    wanted_port=$1
    shift
    : >"$work/service.log"
    "$DATA_SERVICE" --contracts contracts --data "$shop/data" --work "$work/database" --port "$wanted_port" --fresh "$@" \
        >"$work/service.log" 2>&1 &
    service=$!
    tries=0
    until grep -q '^ready' "$work/service.log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 300 ] || ! kill -0 "$service" 2>/dev/null; then
            return 1
        fi
        sleep 0.1
    done
}

# start_service ARGUMENT...: serves the shop's data, and has the contracts say where.
start_service() {
    printf '$ data_service --contracts contracts --data data --fresh%s\n' "${*:+ $*}"
    # Port 0 is any that is free. Whoever names a port gets that one.
    if ! launch "${PORT:-$port}" "$@" &&
        ! { [ -z "${PORT:-}" ] && grep -q 'cannot listen' "$work/service.log" && launch 0 "$@"; }; then
        echo "error: the data service did not start" >&2
        cat "$work/service.log" >&2
        exit 2
    fi
    cat "$work/service.log"
    now=$(sed -n 's|^ready: http://127\.0\.0\.1:\([0-9]*\) .*|\1|p' "$work/service.log")
    if [ "$now" != "$port" ]; then
        echo "Port $port is not used here; the contracts of this tour now say $now."
        for file in contracts/*.yaml; do
            sed "s/127\\.0\\.0\\.1:$port/127.0.0.1:$now/" "$file" >"$work/contract" && cp "$work/contract" "$file"
        done
        port=$now
    fi
    echo
}

heading 'A repository of contracts: the history of the shop'
"$shop/history.sh" "$work/shop"
cd "$work/shop"
git log --all --graph --oneline --decorate=short --decorate-refs='refs/heads/*' | cat

heading 'Is anything wrong with the contracts?'
expect 0 lint

heading 'orders 1.1.0 added a field: a minor version is right'
expect 0 diff orders/v1.0.0 main

heading 'customers 2.0.0 renames a field, says so, takes a major version and gives 60 days of notice: right as well'
# Notice is counted from today, which was then.
export PACT_TODAY=2026-03-02
expect 0 diff main rename

heading 'orders breaks its readers and keeps its version: that is refused'
PACT_TODAY=2026-03-03
expect 1 diff main breaking
unset PACT_TODAY

heading 'Does the live data keep the promises?'
start_service
expect 0 check

heading 'The same service after a bad deployment: a column is gone, payments are late'
stop_service
start_service --break customers/drop-column:phone --break payments.transactions/stale:2h
expect 1 check customers payments.transactions
stop_service

heading 'Every execution is on record, and the record is whole'
expect 0 ledger log
expect 0 ledger verify

heading 'Where is personal data, and who uses it?'
expect 0 dict --pii

heading 'How does it all hang together? (Mermaid: paste it into any Markdown page on GitHub)'
expect 0 erd --fields keys

if [ "$failed" -gt 0 ]; then
    echo "$failed steps did not end as they should, see above." >&2
    exit 1
fi
echo 'Every step ended as it should.'
