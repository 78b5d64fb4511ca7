import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Place { file: string, line: number }

interface Block extends Place {
  /** `module.cluster`, `linode_lke_cluster.this`, `output.state`. */
  name: string
  /** Folder of a module that is called, relative to the caller's. */
  source: string | undefined
}

const opening = /^(module|output|resource|data)\s+"([^"]+)"(?:\s+"([^"]+)")?\s*\{/
const sourceLine = /^\s+source\s*=\s*"(\.[^"]*)"/

/** The blocks of Terraform files. Their first lines stand at the left edge, as `terraform fmt` puts them. */
export function blocksIn(file: string, text: string): Block[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const [, kind = '', first = '', second = ''] = opening.exec(line) ?? []
    if (kind === '') return []
    const name = kind === 'resource' ? `${first}.${second}` : kind === 'data' ? `data.${first}.${second}` : `${kind}.${first}`
    return [{ name, file, line: index + 1, source: kind === 'module' ? sourceAfter(lines.slice(index + 1)) : undefined }]
  })
}

function sourceAfter(lines: readonly string[]): string | undefined {
  const end = lines.findIndex((line) => line.startsWith('}'))
  return lines.slice(0, end === -1 ? undefined : end).map((line) => sourceLine.exec(line)?.[1]).find((source) => source !== undefined)
}

/** Where addresses such as `module.pool["a"].linode_lke_node_pool.this` are written, below a root folder. Undefined for what is not there. */
export class TerraformSources {
  readonly #root: string
  readonly #folders = new Map<string, Promise<Block[]>>()

  constructor(root: string) {
    this.#root = root
  }

  async where(address: string): Promise<Place | undefined> {
    const names = address.replaceAll(/\[[^\]]*\]/g, '').split('.')
    return this.#find(this.#root, names)
  }

  async #find(folder: string, names: readonly string[]): Promise<Place | undefined> {
    const blocks = await this.#blocks(folder)
    const inside = names[0] === 'module' && names.length > 2
    const found = blocks.find(({ name }) => name === (inside ? names.slice(0, 2) : names).join('.'))
    if (!inside || found === undefined) return found
    // What is made elsewhere is at least called here.
    return (found.source === undefined ? undefined : await this.#find(join(folder, found.source), names.slice(2))) ?? found
  }

  async #blocks(folder: string): Promise<Block[]> {
    const known = this.#folders.get(folder) ?? read(folder)
    this.#folders.set(folder, known)
    return known
  }
}

async function read(folder: string): Promise<Block[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.tf')).toSorted()
  return (await Promise.all(files.map(async (file) => blocksIn(join(folder, file), await readFile(join(folder, file), 'utf8'))))).flat()
}
