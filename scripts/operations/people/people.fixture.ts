import { createPrivateKey } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { personNamed } from './people.ts'
import type { Person } from './people.ts'
import { peopleOfSandbox } from './signer.ts'
import type { Signer } from './signer.ts'

/** The sandbox's people with keys of their own in a folder that `remove` takes away. */
export async function peopleInFolder(): Promise<{ people: Person[], as: (name: string) => Promise<Signer>, remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'people-'))
  const people = await peopleOfSandbox(folder)
  return {
    people,
    as: async (name) => ({ ...personNamed(people, name), privateKey: createPrivateKey(await readFile(join(folder, `${name}.pem`), 'utf8')) }),
    remove: async () => rm(folder, { recursive: true }),
  }
}
