#!/bin/sh
# Runs the storefront's blocks over its orders, each in a jail of its own, and shows what came of each.
# Usage: demo.sh [--accept]; --accept takes the values as the expected ones from now on.
# Exit status: 0 if every block completed within its limits with the expected value.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
reedact=${REEDACT:-$here/../../build/reedact/bin/reedact}
if [ ! -x "$reedact" ]; then
    echo "demo.sh: no $reedact yet; 'make build' makes it" >&2
    exit 1
fi
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
accept=${1:-}
run=0
wrong=0

# show LANGUAGE BLOCK [OPTION]...
show() {
    language=$1
    block=$2
    shift 2
    status=0
    "$reedact" run --json -l "$language" --block "$@" "$here/blocks/$block" >"$results/$block.json" || status=$?
    run=$((run + 1))
    python3 "$here/report.py" "$block" "$status" "$results/$block.json" "$here/expected/${block%.*}.json" $accept ||
        wrong=$((wrong + 1))
}

catalogue=$here/data/catalogue.json
orders=$here/data/orders.json
vat=$here/data/vat.json
today='today="2025-11-28"'

show php prices.php --context "$catalogue" --context "$vat" --with "$today"
show php cart.php --context "$catalogue" --context "$orders" --context "$vat" --with "$today"
show python statistics.py --context "$catalogue" --context "$orders"
show python recommendations.py --context "$catalogue" --context "$orders"
show javascript cards.js --context "$catalogue" --context "$vat" --with 'region="DE"' --with "$today"
show javascript facets.js --context "$catalogue" \
    --with 'filters={"tag":["organic","gift"],"rating":["4 stars and more"]}'

if [ "$wrong" -gt 0 ]; then
    echo "$wrong of $run blocks went wrong." >&2
    exit 1
fi
echo "$run blocks, each in a jail of its own: every value is the expected one."
