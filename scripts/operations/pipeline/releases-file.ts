import { z } from 'zod'
import { UsageFailure } from '../../console/failure.ts'
import { readConfiguration } from './platform-file.ts'
import { environmentNames } from './platform-schema.ts'
import { readYaml } from './yaml-lines.ts'

/** Charts of terraform/charts that a release can be made of. */
export const charts = ['guardrails', 'environment', 'secrets', 'ingress', 'observability', 'audit', 'overrides', 'sample-service'] as const
export type Chart = (typeof charts)[number]

/** What is done after a stage that Helm does not do: it must not see what it is about. */
export const steps = ['secrets'] as const
export type Step = (typeof steps)[number]

const releaseSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,52}$/, 'a release name'),
  /** Folder in terraform/charts. */
  chart: z.enum(charts),
  /** The environment whose part of the platform file becomes its values. */
  environment: z.enum(environmentNames).optional(),
})

export const releaseListSchema = z.strictObject({
  apiVersion: z.literal('plumbline.dev/v1'),
  records: z.string(),
  stages: z.array(z.strictObject({ name: z.string(), releases: z.array(releaseSchema).min(1), afterwards: z.array(z.enum(steps)).exactOptional() })).min(1),
})
export type ReleaseList = z.infer<typeof releaseListSchema>
export type Release = z.infer<typeof releaseSchema>

/** The release list of a file. Rejects with a UsageFailure that names the line. */
export async function loadReleases(file: string): Promise<ReleaseList> {
  return parseReleases(await readConfiguration(file, 'The release list'), file)
}

export function parseReleases(text: string, file: string): ReleaseList {
  const yaml = readYaml(text, file)
  const parsed = releaseListSchema.safeParse(yaml.value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = (issue?.path ?? []).map((part) => typeof part === 'number' ? part : String(part))
    throw new UsageFailure(`${yaml.where(path)}: the release list is not as expected at ${path.join('.') || 'its top'}: ${issue?.message ?? ''}.`)
  }
  const names = parsed.data.stages.flatMap((stage) => stage.releases.map((release) => release.name))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new UsageFailure(`${file}: the release ${twice} is listed twice; a release is installed once.`)
  return parsed.data
}
