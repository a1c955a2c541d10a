#!/usr/bin/env bash
# The whole line on the example reports: read, ask, check, publish.
set -euo pipefail
folder=$1
mkdir -p "$folder"
ledger="$folder/demo.accordingto"
export COLUMNS=${COLUMNS:-80}

show() { printf '\n$ accordingto %s\n' "$*"; "$BIN/accordingto" "$@"; }

export ACCORDINGTO_LEDGER=$ledger
show read examples/reports
show ask north korean soldiers killed
show check || true
rm -rf "$folder/site"
show publish "$folder/site"
"$BIN/accordingto" export -f jsonl -o "$folder/claims.jsonl"
"$BIN/accordingto" export -f csv -o "$folder/figures.csv"
cat <<END

The ledger:   $ledger
The pages:    $folder/site/index.html
The exports:  $folder/claims.jsonl, $folder/figures.csv
Ask for more: ACCORDINGTO_LEDGER=$ledger $BIN/accordingto ask
END
