import { mergedAccess, outcomeOf, rightsOf } from '../../model/drawn.ts'
import type { Results } from '../../model/results.ts'
import type { Rights } from '../../model/rights.ts'
import { attemptsMatrix, isCanary, rightsMatrix } from './access-matrix.ts'
import { matrixSvg, symbol } from './matrix-svg.ts'

/** How many findings are told at once; the rest mostly follows from them. */
const mostFindings = 8

/** Who may do what by the live roles and bindings, as a drawing with the paths beside it; undefined when no case looked. */
export function rightsView({ cases }: Results) {
  const all = cases.flatMap(({ evidence }) => evidence).flatMap((one) => rightsOf(one) ?? [])
  const [rights] = all
  if (rights === undefined) return undefined
  const beyond = rights.findings.length
  const words = beyond === 0 ? 'everybody comes to what is meant and nothing beyond' : `${beyond} ${beyond === 1 ? 'thing is' : 'things are'} not as meant`
  return {
    svg: matrixSvg(rightsMatrix(rights), `Effective rights of ${rights.identities.length} identities: ${words}. The tables below hold the same in words.`),
    words,
    identities: rights.identities.length,
    findings: rights.findings.slice(0, mostFindings),
    further: rights.findings.slice(mostFindings),
    known: rights.known,
    table: heldTable(rights),
    legend: [
      { svg: symbol('open'), words: 'given directly, and meant' },
      { svg: symbol('reached'), words: 'comes with what is given, by a step that is known and meant' },
      { svg: symbol('violated'), words: 'more than is meant' },
      { svg: symbol('lacking'), words: 'less than the job needs' },
    ],
  }
}

function heldTable({ abilities, cells }: Rights) {
  const titles = new Map(abilities.map(({ id, title }) => [id, title]))
  return cells.map(({ identity, ability, state, where }) => ({ identity, ability: titles.get(ability) ?? ability, state, where: where.join(', ') }))
}

/** The escalation catalogue as everybody tried it; undefined when nobody did. */
export function attemptsView({ cases }: Results) {
  const access = mergedAccess(cases)
  if (access.cells.length === 0) return undefined
  const all = access.cells.map((cell) => ({ ...cell, outcome: outcomeOf(cell) }))
  const outcomes = all.filter(({ identity }) => !isCanary(identity))
  const own = all.filter(({ identity }) => isCanary(identity))
  const disputed = all.filter(({ outcome }) => outcome === 'violated' || outcome === 'indeterminate')
  const drawn = attemptsMatrix(access)
  const identities = new Set(outcomes.map(({ identity }) => identity)).size
  return {
    svg: matrixSvg(drawn, `Access matrix of ${access.cells.length} attempts: ${access.rows.length} rows of the catalogue by ${identities} identities, ${disputed.length} not as intended or not decided. The tables below hold the same in words.`),
    total: outcomes.length,
    canaries: own.length,
    identities,
    rows: access.rows,
    disputed,
    allowed: outcomes.filter(({ outcome }) => outcome === 'open'),
    refused: outcomes.filter(({ outcome }) => outcome === 'closed').length,
    legend: [
      { svg: symbol('open'), words: 'allowed, as its job needs' },
      { svg: symbol('closed'), words: 'refused everywhere it was tried, beside a canary that succeeded' },
      { svg: symbol('violated'), words: 'violated' },
      { svg: symbol('indeterminate'), words: 'indeterminate: not decided, so not a pass' },
    ],
  }
}
