import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'

const fileSchema = z.looseObject({ database: z.looseObject({ allowList: z.array(z.string()) }) })

/** A network of documentation (RFC 5737): nobody is there, should it ever be let in. */
export const strangers = '192.0.2.0/24'

/** Gives `work` the path of a copy of the platform file that lets strangers reach the data store; it is gone afterwards. */
export async function withWiderAllowList<T>(operator: Provided['operator'], work: (platformFile: string) => Promise<T>): Promise<T> {
  if (operator === undefined) throw new IndeterminateError('expected the run to know the checkout whose platform file is in force, but it was told of none')
  const file = fileSchema.parse(parse(await readFile(join(operator.checkout, 'terraform/platform.yaml'), 'utf8')))
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-changed-'))
  try {
    const path = join(folder, 'platform.yaml')
    await writeFile(path, stringify({ ...file, database: { ...file.database, allowList: [...file.database.allowList, strangers] } }))
    return await work(path)
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}
