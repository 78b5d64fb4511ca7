import { parse } from 'yaml'
import { z } from 'zod'
import { GuideError, reader, type Guide, type Step } from './guide.ts'

/** What the expressions of a workflow stand for. Secrets are named only: whoever runs the steps has them in variables of the same name. */
export interface WorkflowContext {
  inputs: Readonly<Record<string, string>>
  github: Readonly<Record<string, string>>
  secrets: readonly string[]
}

/** Folder below the home directory in which the steps run, as actions/checkout leaves it. */
export const workspace = 'checkout'

const variablesSchema = z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.union([z.string(), z.number(), z.boolean()]).transform(String))
const stepSchema = z.strictObject({ name: z.string().optional(), uses: z.string().optional(), run: z.string().optional(), env: variablesSchema.default({}), if: z.string().optional() })
const jobSchema = z.looseObject({ 'env': variablesSchema.default({}), 'timeout-minutes': z.number().positive(), 'steps': z.array(stepSchema).min(1) })
const workflowSchema = z.looseObject({ name: z.string(), env: variablesSchema.default({}), jobs: z.record(z.string(), jobSchema) })

/** What is there without the action having been run. */
const inPlace: Readonly<Record<string, string>> = { 'actions/checkout': 'the repository lies in its folder already' }

/**
 * The steps of a workflow's only job as steps that can be followed: each in a shell of its own, in the workspace, with the variables of workflow,
 * job and step. Throws GuideError for whatever is not understood: an expression, an action, a condition, a key of a step.
 */
export function workflowSteps(text: string, file: string, context: WorkflowContext): Guide {
  const parsed = workflowSchema.safeParse(parse(text))
  if (!parsed.success) throw new GuideError(`expected docs/${file} to be a workflow whose steps have name, uses, run, env and if, but ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`)
  const [job, ...others] = Object.values(parsed.data.jobs)
  if (job === undefined || others.length > 0) throw new GuideError(`expected docs/${file} to have one job, got ${others.length + (job === undefined ? 0 : 1)}`)
  const lines = text.split('\n')
  const steps = job.steps.map((step): Step => {
    const heading = step.name ?? step.uses ?? 'a step'
    const place = { file, heading, context }
    const base = { line: lines.findIndex((line) => line.includes(heading)) + 1, heading, expected: undefined, exit: 0, as: reader, only: undefined, cleanUp: isCleanUp(step.if, place) }
    if (step.run === undefined) return { ...base, command: `uses: ${step.uses ?? ''}`, notExecuted: standIn(step.uses, place) }
    if (step.run.includes('${{')) throw new GuideError(`expected the script of "${heading}" in docs/${file} to hold no expression, since its value would be run: put it into env`)
    return { ...base, command: commandOf(step.run, { ...parsed.data.env, ...job.env, ...step.env }, place), notExecuted: undefined }
  })
  return { file, title: parsed.data.name, audience: 'a team that deploys from GitHub Actions', minutes: job['timeout-minutes'], needs: ['kubectl'], fill: {}, steps }
}

interface Place { file: string, heading: string, context: WorkflowContext }

function isCleanUp(condition: string | undefined, { file, heading }: Place): boolean {
  if (condition === undefined) return false
  if (condition === 'always()') return true
  throw new GuideError(`expected the condition of "${heading}" in docs/${file} to be always() or none, got ${condition}: others are not understood`)
}

function standIn(uses: string | undefined, { file, heading }: Place): string {
  const [action = ''] = (uses ?? '').split('@')
  const why = inPlace[action]
  if (why !== undefined) return why
  throw new GuideError(`expected "${heading}" in docs/${file} to run a script or to use ${Object.keys(inPlace).join(', ')}, got ${uses ?? 'neither'}: no other action is understood`)
}

function commandOf(script: string, variables: Readonly<Record<string, string>>, place: Place): string {
  const resolved = Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value, variables, place)}`)
  return ['(', `cd ~/${workspace}`, ...resolved, script.trimEnd(), ')'].join('\n')
}

/** A value as a word of the shell: text in quotes, a secret as the variable that holds it. */
function shellWord(value: string, variables: Readonly<Record<string, string>>, place: Place): string {
  const words = value.split(/(\$\{\{.*?\}\})/).filter((part) => part !== '').map((part) => part.startsWith('${{') ? expression(part, variables, place) : quoted(part))
  return words.join('') || quoted('')
}

function expression(part: string, variables: Readonly<Record<string, string>>, { file, heading, context }: Place): string {
  const [, holder = '', name = ''] = /^\$\{\{\s*(\w+)\.(\w+)\s*\}\}$/.exec(part) ?? []
  if (holder === 'secrets' && context.secrets.includes(name)) return `"$${name}"`
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = { inputs: context.inputs, github: context.github, env: variables }
  const found = known[holder]?.[name]
  // A variable that is itself made of an expression would have to be resolved first; no template needs that.
  if (found === undefined || found.includes('${{')) throw new GuideError(`expected the expressions of "${heading}" in docs/${file} to be inputs, github, env or secrets that are known, got ${part}`)
  return quoted(found)
}

function quoted(text: string): string {
  return `'${text.replaceAll('\'', String.raw`'\''`)}'`
}
