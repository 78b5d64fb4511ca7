import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { severities } from '../../../reports/model/policy.ts'

/** Kinds of document that are judged, each with a folder of rules. */
export const rooms = ['plan', 'manifests', 'pipeline', 'state'] as const
export type Room = (typeof rooms)[number]


/** The METADATA of a rule, as `opa inspect` reads it too. */
const metadataSchema = z.object({
  title: z.string().min(1),
  custom: z.strictObject({
    requirements: z.array(z.string()).min(1),
    severity: z.enum(severities),
    /** What was expected; `{found}` stands for what was seen. */
    message: z.string().includes('{found}'),
    solution: z.string().min(1),
    /** The live case that looks at what a plan cannot know. */
    discharged_by: z.string().optional(),
  }),
})

const ruleSchema = z.strictObject({
  /** `<room>/<name>`, which is its folder too. */
  id: z.string(),
  room: z.enum(rooms),
  name: z.string(),
  title: z.string(),
  requirements: z.array(z.string()),
  severity: z.enum(severities),
  message: z.string(),
  solution: z.string(),
  dischargedBy: z.string().exactOptional(),
})
export const rulesSchema = z.array(ruleSchema)
export type Rule = z.infer<typeof ruleSchema>

export const policiesFolder = join(repository, 'policies')

/** Every rule, in the order of rooms and names. Rejects with the file when one does not say what it must. */
export async function readRules(folder = policiesFolder): Promise<Rule[]> {
  const found = await Promise.all(rooms.map(async (room) => {
    const names = (await readdir(join(folder, room), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted()
    return Promise.all(names.map(async (name) => readRule(folder, room, name)))
  }))
  return found.flat()
}

async function readRule(folder: string, room: Room, name: string): Promise<Rule> {
  const { parse } = await import('yaml')
  const file = join(folder, room, name, `${name}.rego`)
  const parsed = metadataSchema.safeParse(parse(metadataOf(await readFile(file, 'utf8'))))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`${file}: the METADATA is not as expected at ${issue?.path.join('.') ?? 'its top'}: ${issue?.message ?? ''}`)
  }
  const { title, custom: { discharged_by: dischargedBy, ...rest } } = parsed.data
  return { id: `${room}/${name}`, room, name, title, ...rest, ...(dischargedBy === undefined ? {} : { dischargedBy }) }
}

/** The YAML in the comment that begins with `# METADATA`. */
function metadataOf(rego: string): string {
  const lines = rego.split('\n')
  const first = lines.indexOf('# METADATA') + 1
  const end = lines.findIndex((line, index) => index >= first && !line.startsWith('#'))
  return lines.slice(first, end).map((line) => line.slice(2)).join('\n')
}
