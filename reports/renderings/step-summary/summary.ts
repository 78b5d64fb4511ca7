import { kindsOf } from '../../model/changes.ts'
import { total } from '../../model/counts.ts'
import type { Results } from '../../model/results.ts'
import { verdictInWords, worstFirst, type Verdict } from '../../model/verdict.ts'
import type { Rendering } from '../rendering.ts'
import { differences } from '../stated.ts'
import { markdown, table } from './markdown.ts'
import { readSummary } from './read.ts'

/** A run on a page of Markdown, for GitHub's page about a job. Bounded, whatever a run has to say: GitHub takes 1,024 KiB of a step. */
export const stepSummary: Rendering = {
  name: 'summary.md',
  render: (results) => `${linesOf(results).join('\n')}\n`,
  disagreements: (content, results) => differences('summary.md', () => readSummary(content), results),
}

/** Rows, ids in a row and characters of a text that are shown before "and N more". */
const most = { rows: 20, ids: 60, objects: 10, characters: 400 }

function linesOf(results: Results): readonly string[] {
  const { verdict, target, exitCode, profile, runId, startedAt, counts, meaning, scope } = results
  return [
    `## Plumbline: ${verdict} on ${target}`,
    '',
    `Exit code ${exitCode}, profile ${profile}, run \`${runId}\`, ${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${counts.evidence} records of evidence.`,
    '',
    `**${markdown(meaning, most.characters)}**`,
    '',
    ...countsTable(results),
    ...section('What is open', openRows(results)),
    ...section('Since the last run', changeLines(results)),
    ...section('Once a quarter', quarterlyLines(results)),
    ...section('Left on the platform', footprintLines(results)),
    '',
    `> ${markdown(scope)}`,
    '',
    'Only `satisfied` is a pass. The proof of each verdict is in `report.html` of the run folder; `npx plumbline verify` checks that it is what was sealed.',
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines]
}

function countsTable({ counts }: Results): readonly string[] {
  const row = (label: string, counted: Partial<Record<Verdict, number>>) => [label, ...worstFirst.map((verdict) => verdict in counted ? String(counted[verdict]) : ''), String(total(counted))]
  return table(['', ...worstFirst.map((verdict) => verdictInWords(verdict)), 'all'], [row('requirements', counts.requirements), row('cases', counts.cases), row('traffic cells', counts.cells)], 1)
}

/** Requirements that stand as they do for one and the same reason share a row. */
function openRows({ requirements }: Results): readonly string[] {
  const groups = worstFirst.filter((verdict) => verdict !== 'satisfied' && verdict !== 'not-applicable').flatMap((verdict) => {
    const byReason = Map.groupBy(requirements.filter((one) => one.verdict === verdict), ({ reason }) => reason ?? verdict)
    return [...byReason].map(([reason, those]) => [verdictInWords(verdict), listed(those.map(({ id }) => id), most.ids), markdown(reason, most.characters)])
  })
  if (groups.length === 0) return []
  const rest = groups.length - most.rows
  return [...table(['verdict', 'requirements', 'why'], groups.slice(0, most.rows)), ...(rest > 0 ? ['', `And ${rest} more reasons in \`report.html\`.`] : [])]
}

function changeLines({ changes }: Results): readonly string[] {
  const told = kindsOf(changes).map(({ label, explained, items }) => `- ${label} (${explained}): ${listed(items.map(({ id }) => id), most.ids)}`)
  return [markdown(changes.note, most.characters), ...(told.length === 0 ? [] : ['', ...told])]
}

/** What has to be proved again by a drill, with the commands; nothing when all is fresh. */
function quarterlyLines({ quarterly = [] }: Results): readonly string[] {
  const stale = quarterly.filter((one) => one.stale)
  if (quarterly.length === 0) return []
  if (stale.length === 0) return [`All ${quarterly.length} requirements that drills prove were proved within a quarter.`]
  const rows = stale.map(({ requirement, at, command }) => [markdown(requirement, most.characters), at === null ? 'never' : at.slice(0, 10), markdown(command, most.characters)])
  return [`${stale.length} of ${quarterly.length} requirements that drills prove are due.`, '', ...table(['requirement', 'last proved', 'again with'], rows.slice(0, most.rows)), ...(rows.length > most.rows ? ['', `And ${rows.length - most.rows} more in \`report.html\`.`] : [])]
}

function footprintLines({ footprint: { leftovers, unverified } }: Results): readonly string[] {
  return [
    ...(leftovers.length === 0 ? [] : [`- ${leftovers.length} still there: ${listed(leftovers, most.objects)}`]),
    ...(unverified.length === 0 ? [] : [`- ${unverified.length} not known to be gone: ${listed(unverified, most.objects)}`]),
  ]
}

function listed(names: readonly string[], atMost: number): string {
  const rest = names.length - atMost
  return `${names.slice(0, atMost).map((name) => markdown(name, most.characters)).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
