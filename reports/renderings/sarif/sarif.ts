import { createHash } from 'node:crypto'
import type { PolicyCounts, PolicyFinding, Severity } from '../../model/policy.ts'

/** What is said of an unknown once live cases have looked: `pass`, `fail` or still `open`. */
export type Kind = 'fail' | 'open' | 'pass'

export interface SarifFinding extends PolicyFinding {
  /** Of an unknown; `open` unless a live case has looked. */
  discharge?: { kind: Kind, reason: string }
}

export interface SarifSource {
  findings: readonly SarifFinding[]
  counts: PolicyCounts
  /** Of Plumbline, and of the policies that judged. */
  version: string
  policies: string
  /** What is wrong with the waivers, and files about which nothing is known; a sentence each. */
  problems: readonly string[]
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' }

/** Severity as code scanning on GitHub sorts it: 9 and more is critical there, 7 high, 4 medium. */
const securitySeverity: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.0', low: '2.0' }

/**
 * Verdicts of the policies as SARIF 2.1.0. What is denied fails; what is waived fails and is suppressed; what is not known is open. What is
 * allowed is only counted, in the properties of the run. Only what fails has a level, as the format has it.
 */
export function sarifOf({ findings, counts, version, policies, problems }: SarifSource) {
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()].toSorted((a, b) => a.rule < b.rule ? -1 : 1)
  const indices = new Map(rules.map(({ rule }, index) => [rule, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [{
      tool: { driver: { name: 'plumbline', version, informationUri: 'https://github.com/plumbline-dev/plumbline', rules: rules.map(descriptorOf) } },
      invocations: [{ executionSuccessful: problems.length === 0, toolExecutionNotifications: problems.map((text) => ({ level: 'error' as const, message: { text } })) }],
      results: findings.map((finding) => ({ ruleIndex: indices.get(finding.rule) ?? -1, ...resultOf(finding) })),
      columnKind: 'utf16CodeUnits' as const,
      properties: { policies, ...counts },
    }],
  }
}

function descriptorOf({ rule, title, severity, requirements, solution }: PolicyFinding) {
  return {
    id: rule,
    shortDescription: { text: title },
    help: { text: solution },
    helpUri: `https://github.com/plumbline-dev/plumbline/blob/main/docs/reference/policies.md#${rule.replaceAll(/[^\w-]/g, '')}`,
    defaultConfiguration: { level: levels[severity] },
    properties: { 'tags': [...requirements], 'security-severity': securitySeverity[severity] },
  }
}

function resultOf(finding: SarifFinding) {
  const { rule, subject, severity, requirements, dischargedBy, waiver } = finding
  const kind = kindOf(finding)
  return {
    ruleId: rule,
    kind,
    level: kind === 'fail' ? levels[severity] : 'none' as const,
    message: { text: messageOf(finding) },
    locations: [locationOf(finding)],
    partialFingerprints: { 'ruleAndSubject/v1': createHash('sha256').update(`${rule}\0${subject}`).digest('hex') },
    ...(waiver === undefined ? {} : { suppressions: [{ kind: 'external' as const, status: 'accepted' as const, justification: `${waiver.reason} (${waiver.ticket}; ${waiver.owner} mends it, ${waiver.approver} allowed it until ${waiver.expires})` }] }),
    properties: { tags: [...requirements], ...(dischargedBy === undefined ? {} : { dischargedBy }) },
  }
}

function kindOf({ verdict, discharge }: SarifFinding): Kind {
  return verdict === 'unknown' ? discharge?.kind ?? 'open' : 'fail'
}

function messageOf({ verdict, subject, message = '', dependsOn = '', dischargedBy = 'no case', discharge }: SarifFinding): string {
  if (verdict !== 'unknown') return `${subject}: ${message}.`
  return `${subject}: ${dependsOn} is not known before the apply; ${discharge?.reason ?? `the case ${dischargedBy} looks at it afterwards`}.`
}

function locationOf({ subject, location }: PolicyFinding) {
  const logicalLocations = [{ fullyQualifiedName: subject }]
  if (location === undefined) return { logicalLocations }
  const { file, line } = location
  return { physicalLocation: { artifactLocation: { uri: `${file.startsWith('/') ? 'file://' : ''}${encodeURI(file)}` }, ...(line === undefined ? {} : { region: { startLine: line } }) }, logicalLocations }
}
