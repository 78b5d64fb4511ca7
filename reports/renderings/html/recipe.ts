import { attestationName, manifestName } from '../../sealing/manifest.ts'

/**
 * Verification without Plumbline: bash, jq, coreutils and OpenSSL 3. Runs in a subshell inside the run folder, stops at the first
 * thing that is wrong, writes nothing there and prints `verified` only at the end.
 */
export function recipe(keyid: string): string {
  return `(
set -euo pipefail
KEY=\${KEY:-public-key.pem}   # better: KEY=/path/to/the/key/you/were/given
W=$(mktemp -d); trap 'rm -rf "$W"' EXIT
# 1. the key is the expected one
echo "${keyid}  -" > "$W/keyid"
openssl pkey -pubin -in "$KEY" -outform DER | sha256sum -c "$W/keyid"
# 2. the statement is signed with it (DSSE: the type is a part of what is signed)
jq -r .payload ${attestationName} | base64 -d > "$W/statement.json"
T=$(jq -r .payloadType ${attestationName})
{ printf 'DSSEv1 %d %s %d ' "\${#T}" "$T" "$(stat -c %s "$W/statement.json")"; cat "$W/statement.json"; } > "$W/signed"
jq -r '.signatures[0].sig' ${attestationName} | base64 -d > "$W/signature"
openssl pkeyutl -verify -pubin -inkey "$KEY" -rawin -in "$W/signed" -sigfile "$W/signature"
# 3. the statement names this manifest
jq -r '.subject[] | select(.name == "${manifestName}") | "\\(.digest.sha256)  ${manifestName}"' "$W/statement.json" | sha256sum -c
# 4. the manifest names every file, and there is no other
jq -r '.files[] | "\\(.sha256)  \\(.path)"' ${manifestName} | sha256sum -c --quiet
{ jq -r '.files[].path' ${manifestName}; echo ${manifestName}; echo ${attestationName}; } | LC_ALL=C sort > "$W/named"
find . ! -type d -printf '%P\\n' | LC_ALL=C sort | diff "$W/named" -
# 5. what was signed
jq -r '.predicate | .result, (.configuration[0].annotations | "\\(.verdict) on \\(.target), run \\(.runId)")' "$W/statement.json"
jq -r '.predicate | "\\(.passedTests | length) passed, \\(.warnedTests | length) open, \\(.failedTests | length) failed"' "$W/statement.json"
echo verified
)`
}
