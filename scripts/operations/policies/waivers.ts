import { join } from 'node:path'
import { z } from 'zod'
import { UsageFailure } from '../../console/failure.ts'
import { readConfiguration } from '../pipeline/platform-file.ts'
import { readYaml } from '../pipeline/yaml-lines.ts'
import { policiesFolder } from './rules.ts'

/** The longest that anything is waived. */
export const mostDays = 90

const day = 86_400_000
const text = z.string().trim().min(1)

const waiverSchema = z.strictObject({
  /** Id of the rule, such as plan/bucket_private. */
  rule: text,
  /** What is waived, as the verdict calls it; everything else of the rule stays denied. */
  subject: text,
  owner: text,
  approver: text,
  reason: text,
  ticket: text,
  /** First and last day. */
  from: z.iso.date('a date such as 2026-11-28'),
  expires: z.iso.date('a date such as 2027-02-20'),
}).superRefine(({ owner, approver, from, expires }, context) => {
  if (owner === approver) context.addIssue({ code: 'custom', path: ['approver'], message: `somebody else than the owner (${owner})` })
  const days = (Date.parse(expires) - Date.parse(from)) / day
  if (days < 0 || days > mostDays) context.addIssue({ code: 'custom', path: ['expires'], message: `an end at most ${String(mostDays)} days after the beginning ${from}` })
})
export type Waiver = z.infer<typeof waiverSchema>

const fileSchema = z.strictObject({ apiVersion: z.literal('plumbline.dev/v1'), waivers: z.array(waiverSchema) })

export const waiversFile = join(policiesFolder, 'waivers.yaml')

/** The waivers of a file. Rejects with a UsageFailure that names the line. */
export async function loadWaivers(file = waiversFile): Promise<Waiver[]> {
  return parseWaivers(await readConfiguration(file, 'The list of waivers'), file)
}

export function parseWaivers(content: string, file: string): Waiver[] {
  const yaml = readYaml(content, file)
  const parsed = fileSchema.safeParse(yaml.value)
  if (parsed.success) return parsed.data.waivers
  const [issue] = parsed.error.issues
  const path = (issue?.path ?? []).map((part) => typeof part === 'number' ? part : String(part))
  throw new UsageFailure(`${yaml.where(path)}: the list of waivers is not as expected at ${path.join('.') || 'its top'}: expected ${issue?.message ?? ''}.`)
}

export type WaiverStanding = 'in force' | 'expired' | 'not yet in force'

/** How a waiver stands at a moment; it holds until the end of its last day, UTC. */
export function standingOf({ from, expires }: Waiver, now: Date): WaiverStanding {
  if (now.getTime() >= Date.parse(expires) + day) return 'expired'
  return now.getTime() < Date.parse(from) ? 'not yet in force' : 'in force'
}
