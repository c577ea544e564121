#!/bin/sh
# Renders the storefront's page, shows which of its blocks ran when, and compares the page with the expected one.
# Usage: demo.sh [--accept]; --accept takes the page as the expected one from now on.
# Exit status: 0 if the page is the expected one, 1 if it isn't or can't be rendered.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
reedact=${REEDACT:-$project/build/reedact/bin/reedact}
page=$project/build/storefront/index.html
expected=$here/expected/index.html
if [ ! -x "$reedact" ]; then
    echo "demo.sh: no $reedact yet; 'make build' makes it" >&2
    exit 1
fi
mkdir -p "${page%/*}"
echo "The page of a shop. Its blocks of PHP, Python and JavaScript run side by side, each in a jail of its own:"
"$reedact" render "$here/page/index.peb" --context "$here/data/page.json" --timeline -o "$page" || {
    echo "demo.sh: the page could not be rendered (exit status $?)" >&2
    exit 1
}
echo "The block that fell back asked for the network, which no jail has; the page goes on without."
if [ "${1:-}" = --accept ]; then
    cp "$page" "$expected"
    echo "This is the expected page from now on: $page"
elif cmp -s "$page" "$expected"; then
    echo "Every byte is as expected. Open it: $page"
else
    diff -u "$expected" "$page" | head -n 40 >&2 || true
    echo "demo.sh: $page is not the expected page; demo.sh --accept takes it as such" >&2
    exit 1
fi
