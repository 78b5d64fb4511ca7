import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BreachWorld } from '../../../fixtures/breaches/breach.ts'
import { repository } from '../../../fixtures/sandbox/paths.ts'

/** A breach's own copy of the guides, and programs in the place of others, in its scratch folder: the checkout is never touched. */
export interface GuidesInPlace extends Pick<BreachWorld, 'rewriteGuide' | 'replaceProgram'> {
  /** What was put in place; empty when nothing was. */
  given: () => { docs?: string, programs?: string }
}

export function guidesIn(scratch: string, docs: string = join(repository, 'docs')): GuidesInPlace {
  const [copy, programs] = [join(scratch, 'docs'), join(scratch, 'programs')]
  return {
    rewriteGuide: async (file, edit) => {
      if (!existsSync(copy)) await cp(docs, copy, { recursive: true })
      const path = join(copy, file)
      const before = await readFile(path, 'utf8')
      const after = edit(before)
      if (before === after) throw new Error(`docs/${file} was expected to hold what the breach changes, but it does not; look at what it looks for.`)
      await writeFile(path, after)
    },
    replaceProgram: async (name, script) => {
      await mkdir(programs, { recursive: true })
      // The real one is the next on PATH.
      const real = `PATH=\${PATH#${programs}:}; export PATH; REAL=$(command -v ${name})`
      await writeFile(join(programs, name), `#!/bin/sh\n${real}\n${script}\n`, { mode: 0o755 })
    },
    given: () => ({ ...(existsSync(copy) ? { docs: copy } : {}), ...(existsSync(programs) ? { programs } : {}) }),
  }
}
