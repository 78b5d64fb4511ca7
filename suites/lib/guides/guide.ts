import { parse } from 'yaml'
import { z } from 'zod'

/** One fenced command of a guide, in the order in which a reader meets it. */
export interface Step {
  /** Line of the fence in the guide, counted from 1. */
  line: number
  /** The heading that it stands under. */
  heading: string
  command: string
  /** What the guide says that it prints; undefined when it says nothing. */
  expected: string | undefined
  exit: number
  /** Who runs it: the reader, or somebody else whom the guide names. */
  as: string
  /** Only readers with this profile meet it. */
  only: string | undefined
  /** Also run after something went wrong: it takes away what the guide has made. */
  cleanUp: boolean
  /** Why the suites never run it; such a step is shown and never counted. */
  notExecuted: string | undefined
}

export interface Guide {
  /** Path below docs/. */
  file: string
  title: string
  audience: string
  /** How long the guide says that a reader needs, minutes. */
  minutes: number
  /** Programs that have to be on PATH. */
  needs: readonly string[]
  /** What a reader fills in, by the name of the shell variable, and what it is. */
  fill: Readonly<Record<string, string>>
  steps: readonly Step[]
}

/** The guide cannot be executed as it is written. */
export class GuideError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GuideError'
  }
}

export const reader = 'reader'

const frontMatterSchema = z.strictObject({
  audience: z.string(), minutes: z.number().positive(), needs: z.array(z.string()).default([]), fill: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).default({}),
})

/** Reads a guide: front matter, then Markdown whose `sh` blocks are commands and whose `text` blocks right after them say what is printed. Throws GuideError. */
export function parseGuide(text: string, file: string): Guide {
  const [, yaml, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  if (yaml === undefined || body === undefined) throw new GuideError(`expected docs/${file} to begin with front matter between lines of "---" (audience, minutes, needs, fill), but it does not`)
  const front = frontMatterSchema.safeParse(parse(yaml))
  if (!front.success) throw new GuideError(`expected the front matter of docs/${file} to hold audience, minutes, needs and fill, but ${front.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`)
  const steps = stepsIn(body, { file, before: yaml.split('\n').length + 2 })
  if (!steps.some(({ notExecuted }) => notExecuted === undefined)) throw new GuideError(`expected docs/${file} to hold commands in fences of the kind sh, but there is none to run`)
  return { file, title: /^# (.+)$/m.exec(body)?.[1] ?? file, ...front.data, steps }
}

interface Block { line: number, heading: string, info: string, text: string, end: number }

/** Lines from the end of a command to what it prints, at most: a sentence may stand between them. */
const nearby = 6

function stepsIn(body: string, { file, before }: { file: string, before: number }): Step[] {
  const blocks = blocksIn(body.split('\n'), { file, before })
  return blocks.flatMap((block, index) => {
    if (!/^sh(\s|$)/.test(block.info)) return []
    const next = blocks[index + 1]
    const expected = next !== undefined && next.info === 'text' && next.line - block.end <= nearby && next.heading === block.heading ? next.text : undefined
    return [{ line: block.line, heading: block.heading, command: block.text, expected, ...marksOf(block, file) }]
  })
}

interface Open { block: Block, indent: number, fence: string, lines: string[] }

function blocksIn(lines: readonly string[], { file, before }: { file: string, before: number }): Block[] {
  const blocks: Block[] = []
  let heading = ''
  let open: Open | undefined
  for (const [index, line] of lines.entries()) {
    const number = before + index + 1
    if (open === undefined) {
      heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading
      open = opening(line, { line: number, heading })
    }
    else if (line.trim() === open.fence) {
      blocks.push({ ...open.block, text: open.lines.join('\n'), end: number })
      open = undefined
    }
    else open.lines.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)))
  }
  if (open !== undefined) throw new GuideError(`expected the fence of docs/${file}:${open.block.line} to be closed, but it is not`)
  return blocks
}

function opening(text: string, { line, heading }: Pick<Block, 'line' | 'heading'>): Open | undefined {
  const [, indent = '', fence, info = ''] = /^( *)(`{3,})([^`]*)$/.exec(text) ?? []
  return fence === undefined ? undefined : { block: { line, heading, info: info.trim(), text: '', end: line }, indent: indent.length, fence, lines: [] }
}

type Marks = Pick<Step, 'exit' | 'as' | 'only' | 'cleanUp' | 'notExecuted'>

function marksOf({ info, line }: Block, file: string): Marks {
  const marks: Marks = { exit: 0, as: reader, only: undefined, cleanUp: false, notExecuted: undefined }
  for (const [, name = '', quoted, bare] of info.slice(2).matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)) {
    const value = quoted ?? bare ?? ''
    const set = markNames[name]
    if (set === undefined || !set(marks, value)) throw new GuideError(`expected the fence of docs/${file}:${line} to carry exit=N, as=WHO, for=PROFILE, clean-up or not-executed="why", got ${name}${value === '' ? '' : `=${value}`}`)
  }
  return marks
}

const markNames: Readonly<Record<string, (marks: Marks, value: string) => boolean>> = {
  'exit': (marks, value) => {
    marks.exit = Number(value)
    return /^\d+$/.test(value)
  },
  'as': (marks, value) => {
    marks.as = value
    return value !== ''
  },
  'for': (marks, value) => {
    marks.only = value
    return value !== ''
  },
  'clean-up': (marks, value) => {
    marks.cleanUp = true
    return value === ''
  },
  'not-executed': (marks, value) => {
    marks.notExecuted = value
    return value !== ''
  },
}

/**
 * The part of a guide below a heading, and what that part asks to fill in. Throws GuideError when the heading is not there or has no command, so
 * that a renamed section is noticed.
 */
export function sectionOf(guide: Guide, heading: string): Guide {
  const steps = guide.steps.filter((step) => step.heading === heading)
  if (!steps.some(({ notExecuted }) => notExecuted === undefined)) throw new GuideError(`expected docs/${guide.file} to hold commands below the heading "${heading}", but its headings with commands are ${[...new Set(guide.steps.map((step) => step.heading))].join(', ')}`)
  const fill = Object.fromEntries(Object.entries(guide.fill).filter(([name]) => steps.some(({ command }) => assignment(name).test(command))))
  return { ...guide, title: `${guide.title}: ${heading}`, fill, steps }
}

/** The command as a reader who has filled in their values types it; `unused` are names that no command of the guide assigns. */
export function filled(guide: Guide, values: Readonly<Record<string, string>>): Guide {
  const missing = Object.keys(guide.fill).filter((name) => values[name] === undefined)
  if (missing.length > 0) throw new GuideError(`expected a value for each of what docs/${guide.file} asks to fill in, but ${missing.join(', ')} have none`)
  for (const name of Object.keys(guide.fill)) {
    if (!guide.steps.some(({ command }) => assignment(name).test(command))) throw new GuideError(`expected docs/${guide.file} to assign ${name}, which it asks to fill in, in one of its commands (${name}=…), but none does`)
  }
  const steps = guide.steps.map((step) => ({
    ...step, command: Object.keys(guide.fill).reduce((command, name) => command.replace(assignment(name), (_, before: string) => `${before}${inShell(values[name] ?? '')}`), step.command),
  }))
  return { ...guide, steps }
}

function assignment(name: string): RegExp {
  return new RegExp(`^(\\s*(?:export )?${name}=)(?:"[^"\\n]*"|'[^'\\n]*'|\\S*)`, 'm')
}

/** A value of several words is quoted, as a reader would. */
function inShell(value: string): string {
  return /^\S*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}
