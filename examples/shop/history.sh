#!/bin/sh
# Makes the git history of the shop's contracts in a new folder: the same commit ids on every machine.
#
#   examples/shop/history.sh DIR
#
# main       January: all contracts, orders at 1.0.0. February: orders 1.1.0 has a field more. The work tree is this.
# rename     customers 2.0.0 renames a field, says what it was called before, and raises the major version.
# breaking   orders breaks its readers and keeps its version.
#
# Each released version has a tag such as orders/v1.1.0.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 DIR" >&2
    exit 2
fi
shop=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p -- "$1"
if [ -n "$(ls -A -- "$1")" ]; then
    echo "$0: $1 is not empty; name a folder that is not there yet" >&2
    exit 2
fi
cd -- "$1"

# What is set outside (in a hook, by a user's configuration) must not reach this repository.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_COMMON_DIR GIT_NAMESPACE GIT_PREFIX || true
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_DEFAULT_HASH=sha1 LC_ALL=C TZ=UTC

git() {
    command git -c commit.gpgsign=false -c tag.gpgsign=false -c core.autocrlf=false -c core.fileMode=false \
        -c core.hooksPath=/dev/null -c advice.detachedHead=false "$@"
}

# commit DATE NAME MESSAGE: everything as it is now.
commit() {
    mail="$(echo "$2" | tr 'A-Z ' 'a-z.')@shop.example"
    git add --all
    GIT_AUTHOR_NAME="$2" GIT_AUTHOR_EMAIL="$mail" GIT_AUTHOR_DATE="$1" \
        GIT_COMMITTER_NAME="$2" GIT_COMMITTER_EMAIL="$mail" GIT_COMMITTER_DATE="$1" \
        git commit --quiet --message "$3"
}

# The tags of all contracts in the work tree.
tag_versions() {
    for file in contracts/*.yaml; do
        name=$(sed -n 's/^name: //p' "$file")
        version=$(sed -n 's/^version: //p' "$file")
        if [ -n "$version" ] && ! git rev-parse --quiet --verify "refs/tags/$name/v$version" >/dev/null; then
            git tag "$name/v$version"
        fi
    done
}

git init --quiet --template= --initial-branch=main
cp -R "$shop/pact.yaml" "$shop/.gitignore" "$shop/contracts" "$shop/subscriptions" .

git apply --reverse "$shop/history/minor.patch"
commit 2026-01-12T09:00:00+01:00 'Mehmet Aydin' 'Contracts of crm, sales and finance'
tag_versions

git apply "$shop/history/minor.patch"
commit 2026-02-16T10:30:00+01:00 'Mehmet Aydin' 'orders 1.1.0: tell where an order was placed'
tag_versions

git checkout --quiet -b rename
git apply "$shop/history/rename.patch"
commit 2026-03-02T11:00:00+01:00 'Ines Alvarez' 'customers 2.0.0: full_name becomes display_name'

git checkout --quiet -b breaking main
git apply "$shop/history/breaking.patch"
commit 2026-03-03T15:20:00+01:00 'Mehmet Aydin' 'orders: guests can order'

git checkout --quiet main
