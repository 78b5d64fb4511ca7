import { z } from 'zod'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { placeOf } from './segmentation.ts'
import type { Segmentation, SegmentationPolicy } from './segmentation.ts'
import { spokenAddress } from './symbols.ts'

const selectorSchema = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z.array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() })).optional(),
})
type Selector = z.infer<typeof selectorSchema>
const peerSchema = z.looseObject({ podSelector: selectorSchema.optional(), namespaceSelector: selectorSchema.optional(), ipBlock: z.looseObject({ cidr: z.string(), except: z.array(z.string()).optional() }).optional() })
const portSchema = z.looseObject({ protocol: z.string().optional(), port: z.union([z.string(), z.number()]).optional(), endPort: z.number().optional() })
const ruleSchema = z.looseObject({ from: z.array(peerSchema).nullish(), to: z.array(peerSchema).nullish(), ports: z.array(portSchema).nullish() })
const specSchema = z.looseObject({ podSelector: selectorSchema.optional(), policyTypes: z.array(z.string()).optional(), ingress: z.array(ruleSchema).nullish(), egress: z.array(ruleSchema).nullish() })

/** What is different, one line each: `+` comes, `-` goes, `~` changed in a way that these words do not tell apart. Empty when nothing is. */
export function differenceInWords(before: Segmentation, after: Segmentation): string[] {
  const [was, is] = [linesOf(before), linesOf(after)]
  const lines = [
    ...[...is].filter((line) => !was.has(line)).map((line) => `+ ${line}`),
    ...[...was].filter((line) => !is.has(line)).map((line) => `- ${line}`),
  ]
  const told = (policy: SegmentationPolicy) => lines.some((line) => line.includes(nameOf(policy)))
  return [...lines, ...changed(before, after).filter((policy) => !told(policy)).map((policy) => `~ ${nameOf(policy)}: ${canonicalJson(policy.spec)}`)].toSorted((a, b) => a.slice(2) < b.slice(2) ? -1 : 1)
}

/** Everything that a segmentation allows and refuses, one line each. */
export function linesOf({ policies, linode: { firewalls, controlPlane, database }, people = [] }: Segmentation): Set<string> {
  return new Set([
    ...policies.flatMap(policyLines),
    ...firewalls.flatMap(({ label, inboundPolicy, outboundPolicy, rules }) => [
      `firewall ${label}: ${inboundPolicy} inbound and ${outboundPolicy} outbound traffic that no rule names`,
      ...rules.map((rule) => `firewall ${label}: ${rule.action} ${rule.direction} ${rule.protocol}${rule.ports === '' ? '' : `/${rule.ports}`} ${rule.direction === 'inbound' ? 'from' : 'to'} ${rule.addresses.join(', ') || 'nobody'} (rule ${rule.label})`),
    ]),
    ...controlPlane.map((range) => `control plane: allow ${range} to the API server (access list)`),
    ...database.map((range) => `data store: allow connections from ${range} (allow list)`),
    ...people.map(({ name, roles, key }) => `people: ${name} signs as ${roles.join(', ')} with the key ${key}`),
  ])
}

function changed(before: Segmentation, after: Segmentation): SegmentationPolicy[] {
  const was = new Map(before.policies.map((policy) => [placeOf(policy), canonicalJson(policy.spec)]))
  return after.policies.filter((policy) => was.get(placeOf(policy)) !== canonicalJson(policy.spec))
}

function nameOf({ kind, namespace, name }: SegmentationPolicy): string {
  const what = kind === 'NetworkPolicy' ? 'policy' : kind
  return `(${what} ${namespace === '' ? '' : `${namespace}/`}${name})`
}

function policyLines(policy: SegmentationPolicy): string[] {
  const { kind, namespace, spec } = policy
  const parsed = specSchema.safeParse(spec)
  if (kind !== 'NetworkPolicy' || !parsed.success) return [`${namespace || 'everywhere'}: ${canonicalJson(spec)} ${nameOf(policy)}`]
  const { podSelector, policyTypes = ['Ingress'], ingress, egress } = parsed.data
  const pods = podsOf(podSelector)
  const directions = [{ type: 'Ingress', word: 'from', rules: ingress ?? [] }, { type: 'Egress', word: 'to', rules: egress ?? [] }] as const
  return directions.filter(({ type }) => policyTypes.includes(type)).flatMap(({ type, word, rules }) => {
    const direction = type.toLowerCase()
    if (rules.length === 0) return [`${namespace}: deny ${direction} of ${pods} that nothing else allows ${nameOf(policy)}`]
    return rules.flatMap((rule) => {
      const peers = rule[word] ?? []
      const named = peers.length === 0 ? ['everywhere'] : peers.map((peer) => peerOf(peer, namespace))
      return named.map((peer) => `${namespace}: allow ${direction} of ${pods} ${word} ${peer} on ${portsOf(rule.ports ?? [])} ${nameOf(policy)}`)
    })
  })
}

function peerOf({ podSelector, namespaceSelector, ipBlock }: z.infer<typeof peerSchema>, namespace: string): string {
  if (ipBlock !== undefined) return [spokenAddress(ipBlock.cidr), ...(ipBlock.except ?? []).map((range) => `without ${range}`)].join(' ')
  const pods = podsOf(podSelector)
  return namespaceSelector === undefined ? `${pods} of ${namespace}` : `${pods} of ${namespacesOf(namespaceSelector)}`
}

function namespacesOf(selector: Selector): string {
  const name = selector.matchLabels?.['kubernetes.io/metadata.name']
  if (name !== undefined && Object.keys(selector.matchLabels ?? {}).length === 1 && (selector.matchExpressions ?? []).length === 0) return name
  const text = selectorText(selector)
  return text === '' ? 'every namespace' : `namespaces with ${text}`
}

function podsOf(selector: Selector | undefined): string {
  const text = selector === undefined ? '' : selectorText(selector)
  return text === '' ? 'all pods' : `pods with ${text}`
}

function selectorText({ matchLabels = {}, matchExpressions = [] }: Selector): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) => `${key} ${operator}${values === undefined ? '' : ` ${values.join('|')}`}`),
  ].join(' and ')
}

function portsOf(ports: readonly z.infer<typeof portSchema>[]): string {
  if (ports.length === 0) return 'every port'
  return ports.map(({ protocol = 'TCP', port, endPort }) => `${protocol}/${port === undefined ? 'every port' : String(port)}${endPort === undefined ? '' : `-${String(endPort)}`}`).join(', ')
}
