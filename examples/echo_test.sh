#!/usr/bin/env bash
# The example runs over each provider, and says the same each time.
set -euo pipefail
for provider in tcp tp4 session; do
  first=$(examples/echo "$provider")
  [[ $first == *'the echo of 17 octets: "is there anybody?"' ]]
  [[ $(examples/echo "$provider") == "$first" ]]
done
if examples/echo nosuch 2> /dev/null; then exit 1; fi
