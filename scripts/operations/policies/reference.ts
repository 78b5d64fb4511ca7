import type { Room, Rule } from './rules.ts'
import { rooms } from './rules.ts'

const titles: Readonly<Record<Room, string>> = { plan: 'Terraform plans', manifests: 'Rendered manifests', pipeline: 'Workflows, the release list and the platform file', state: 'Terraform states' }

/** The reference of the rules in Markdown, from their own METADATA. */
export function policyReference(rules: readonly Rule[]): string {
  return [
    '<!-- Generated from the METADATA in policies/ by scripts/operations/policies/reference.ts; do not edit. Renew with: npx vitest run --config .config/vitest.unit.ts scripts/operations/policies/reference -u -->',
    '# Policies',
    '',
    `${String(rules.length)} rules judge documents before anything is applied; [policies.md](../platform/policies.md) says how. \`{found}\` in a message stands for what was seen.`,
    '',
    ...rooms.flatMap((room) => section(room, rules.filter((rule) => rule.room === room))),
  ].join('\n')
}

function section(room: Room, rules: readonly Rule[]): string[] {
  return [`## ${titles[room]}`, '', ...rules.flatMap(entry)]
}

function entry({ id, title, requirements, severity, message, solution, dischargedBy }: Rule): string[] {
  return [
    `### \`${id}\``,
    '',
    `${title}.`,
    '',
    `- requirements: ${requirements.join(', ')}; severity: ${severity}`,
    `- message: ${message}`,
    `- solution: ${solution}`,
    ...(dischargedBy === undefined ? [] : [`- what a plan cannot know is looked at by: the case ${dischargedBy}`]),
    '',
  ]
}
