/** Where drift is looked for: each layer is compared with what the checkout says by a way of its own. */
export const driftLayers = ['terraform', 'linode', 'buckets', 'helm', 'cluster'] as const
export type DriftLayerName = (typeof driftLayers)[number]

/** The case that is judged by a comparison of everything; a run makes that comparison only when it has this case. */
export const driftCase = 'pipeline/drift'

/** One thing that is not as the checkout says. Names and attributes only, never a value: values may be secret. */
export interface DriftFinding {
  layer: DriftLayerName
  /** Such as `linode_firewall`, `token`, `release`, `NetworkPolicy`. */
  kind: string
  /** Where to find it: a Terraform address, a label with its id, `namespace/name`. */
  name: string
  how: 'missing' | 'changed' | 'unmanaged'
  /** What is different, in words; empty when `how` says it all. */
  detail: string
  /** Who did it and when, as far as the place where it happened remembers; else `unknown`. */
  owner: string
  /** The one command that puts it right. */
  remedy: string
}

export interface DriftLayer {
  layer: DriftLayerName
  /** How many things were compared. */
  compared: number
  seconds: number
  /** Why it could not be looked at; a layer with one says nothing about drift. */
  problem?: string
}

export interface DriftReport {
  layers: DriftLayer[]
  findings: DriftFinding[]
  seconds: number
}

/** What was found, who did it, and what to do, as one sentence. */
export function driftSentence({ layer, kind, name, how, detail, owner, remedy }: DriftFinding): string {
  const seen = { missing: 'is missing', changed: 'is changed', unmanaged: 'belongs to nobody' }[how]
  return `expected no drift in ${layer}, but ${kind} ${name} ${seen}${detail === '' ? '' : ` (${detail})`}, by ${owner}; to put it right: ${remedy}`
}

/** Why the comparison does not cover every layer, one sentence each; a layer in which nothing was compared is no comparison. */
export function unobservedLayers({ layers }: Pick<DriftReport, 'layers'>): string[] {
  return driftLayers.flatMap((name) => {
    const layer = layers.find((one) => one.layer === name)
    if (layer?.problem !== undefined) return [`expected to compare ${name}, but ${layer.problem}`]
    return layer === undefined || layer.compared === 0 ? [`expected to compare something in ${name}, but nothing was there to compare`] : []
  })
}

/** What is known when the comparison did not come about at all. */
export function nothingCompared(problem: string): DriftReport {
  return { layers: driftLayers.map((layer) => ({ layer, compared: 0, seconds: 0, problem })), findings: [], seconds: 0 }
}
