/** What the message of a run that met a limit owes its reader, and how that is recognised. */
const owed: readonly { what: string, pattern: RegExp }[] = [
  { what: 'the limit, in Linode\'s own words', pattern: /limit[^"“]*[:"“].*(?:reached the limit|Account Limit reached)/s },
  { what: 'how much there is', pattern: /\bhas \d+ [\w ]+ now\b/ },
  { what: 'how much is needed', pattern: /\bneeds \d+\b/ },
  { what: 'where to ask for more', pattern: /https:\/\/\S*support\S*/ },
  { what: 'what to run then', pattern: /plumbline provision/ },
]

/** What a message about an exhausted quota does not say, as sentences. */
export function missingGuidance(message: string): string[] {
  return owed.filter(({ pattern }) => !pattern.test(message)).map(({ what }) => `expected the message of the run to say ${what}, but it says: ${message}`)
}
