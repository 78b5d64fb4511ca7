import { IndeterminateError } from '../indeterminate.ts'
import type { Grant } from '../rights/grants.ts'
import type { Recorded, Use } from '../rights/use.ts'
import { logsOn } from './logs.ts'
import type { LogRecord } from './audit.ts'
import type { Platform } from './platform.ts'

/** What somebody did, by the audit records of the log store. */
export interface RecordedUse { uses: Use[], recorded: Recorded | undefined }

/** What the suites try in somebody's name, to see it refused or allowed, is no use of theirs; they say so in the user agent. */
const ofTheSuites = '!userAgent:~"^plumbline"'
const fields = ['verb', 'objectRef.apiGroup', 'objectRef.resource', 'objectRef.subresource', 'objectRef.namespace'] as const
/** At this many rows an answer may be cut off. */
const most = 1000

/**
 * Every kind of request that a user made and was not refused, over all that the log store holds (seven days at most). Objects are told apart
 * for the kinds of which a grant names some. Rejects with IndeterminateError when the log store does not answer, or with too much.
 */
export async function recordedUse(platform: Platform, user: string, grants: readonly Grant[]): Promise<RecordedUse> {
  const who = `source:=audit "user.username":="${user}" ${ofTheSuites} !"responseStatus.code":=403 !"responseStatus.code":=401`
  const named = [...new Set(grants.filter(({ rule }) => rule.names.length > 0).flatMap(({ rule }) => rule.resources.map((resource) => resource.split('/')[0] ?? '')))]
  const [kinds, objects, paths] = await Promise.all([
    rows(platform, `${who} "objectRef.resource":* | stats by (${quoted(fields)}) count() as requests, min(_time) as first, max(_time) as last`),
    named.length === 0 ? [] : rows(platform, `${who} "objectRef.resource":in(${quoted(named)}) "objectRef.name":in(${quoted(namesIn(grants))}) | stats by (${quoted([...fields, 'objectRef.name'])}) count() as requests`),
    rows(platform, `${who} "objectRef.resource":="" | stats by (verb, requestURI) count() as requests, min(_time) as first, max(_time) as last`),
  ])
  const moments = [...kinds, ...paths].flatMap((row) => [row['first'], row['last']]).flatMap((text) => text === undefined ? [] : [new Date(text).getTime()]).filter((at) => !Number.isNaN(at))
  return {
    uses: [...[...kinds, ...objects].map(useFrom), ...paths.map((row): Use => ({ verb: row['verb'] ?? '', url: (row['requestURI'] ?? '').split('?')[0] ?? '', count: Number(row['requests']) }))],
    recorded: moments.length === 0 ? undefined : { first: new Date(Math.min(...moments)), last: new Date(Math.max(...moments)) },
  }
}

async function rows(platform: Platform, query: string): Promise<LogRecord[]> {
  const found = await logsOn(platform).query(query)
  if (found.length >= most) throw new IndeterminateError(`expected fewer than ${most} kinds of request, but there are more, so some are not seen (${query})`)
  return found
}

function useFrom(row: LogRecord): Use {
  const sub = row['objectRef.subresource'] ?? ''
  return {
    verb: row['verb'] ?? '', group: row['objectRef.apiGroup'] ?? '', resource: `${row['objectRef.resource'] ?? ''}${sub === '' ? '' : `/${sub}`}`,
    namespace: orNothing(row['objectRef.namespace']), name: orNothing(row['objectRef.name']), count: Number(row['requests']),
  }
}

function orNothing(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text
}

function namesIn(grants: readonly Grant[]): string[] {
  return [...new Set(grants.flatMap(({ rule }) => rule.names))]
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ')
}
