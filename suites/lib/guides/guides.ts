import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AccessProfile, EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { follow, type FollowedGuide, type Follower } from './follow.ts'
import { parseGuide, reader, type Guide } from './guide.ts'
import { openShell, type Surroundings } from './shell.ts'

/** What following guides takes, as the command hands it to the worker: where they are, and what an operator of this platform works with. */
export interface GuidesAccess {
  /** The folder docs/ whose guides are followed. */
  docs: string
  /** Folders in which everybody finds kubectl and whatever else a guide may need, before those of the system. */
  programs: readonly string[]
  /** Variables of somebody who operates the platform: `npx plumbline` and kubectl work with them. Secret. */
  operator: Readonly<Record<string, string>>
  /** Where the ingress is reached from this machine, when it is reached at all. */
  ingress?: { address: string, port: number } | undefined
}

/** Somebody with a profile of an environment, issued by the documented command. */
export interface Person { name: string, environment: EnvironmentName, profile: AccessProfile, kubeconfig: string }

/** What else there is while somebody follows a guide. */
export interface Beside {
  /** People whom the guide asks to do something, by what it calls them. */
  others?: Readonly<Record<string, Person>>
  /** Files in the reader's home directory, and variables that are set before they begin. */
  files?: Readonly<Record<string, string>>
  variables?: Readonly<Record<string, string>>
}

export interface Guides {
  read: (file: string) => Promise<Guide>
  /** A file of docs/ as it is. */
  text: (file: string) => Promise<string>
  ingress: GuidesAccess['ingress']
  /** Gives somebody access with `npx plumbline access issue`; rejects with IndeterminateError when that does not work. */
  issue: (who: Omit<Person, 'kubeconfig'>) => Promise<Person>
  /** Takes back what was issued. Never rejects: an access ends by itself. */
  revoke: (name: string) => Promise<void>
  /** Follows a guide as a person whose kubeconfig lies in their home directory as access.kubeconfig. */
  followAs: (guide: Guide, person: Person, values: Readonly<Record<string, string>>, beside?: Beside) => Promise<FollowedGuide>
  /** Follows a guide as a platform engineer of this platform. */
  followAsOperator: (guide: Guide, values: Readonly<Record<string, string>>, beside?: BesideOperator) => Promise<FollowedGuide>
}

/** What else there is while a platform engineer follows a guide, and who hears of the steps. */
export type BesideOperator = Beside & Pick<Follower, 'budget' | 'onStep'>

export interface GuidesOptions {
  access: GuidesAccess | undefined
  redactor: { add: (secret: { name: string, value: string }) => void }
  signal: AbortSignal
}

/** Where a person finds the kubeconfig that they were sent. */
const handedOver = 'access.kubeconfig'
const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'] as const

/** What an operator of the platform has around them when they type a command. */
export function surroundingsOf({ programs, operator }: Pick<GuidesAccess, 'programs' | 'operator'>): Surroundings {
  return { path: [...programs, ...systemPath], variables: operator }
}

export function guidesOn({ access, redactor, signal }: GuidesOptions): Guides {
  const given = (): GuidesAccess => {
    if (access === undefined) throw new IndeterminateError('expected to be told where the guides are and how access is issued, but this run was not; run the suites with "plumbline conform"')
    return access
  }
  const everybody = (): Surroundings => ({ ...surroundingsOf(given()), variables: {} })
  const operator = (): Surroundings => surroundingsOf(given())
  const text = async (file: string): Promise<string> => await readFile(join(given().docs, file), 'utf8').catch((error: unknown) => {
    throw new IndeterminateError(`expected the guide docs/${file}, but it cannot be read`, { cause: error })
  })
  return {
    text,
    read: async (file) => parseGuide(await text(file), file),
    get ingress() {
      return access?.ingress
    },
    issue: async (who) => {
      const command = `npx plumbline access issue --environment ${who.environment} --profile ${who.profile} --person ${who.name} --hours 1 --output "$HOME/${handedOver}"`
      const shell = await openShell(operator())
      try {
        const { exit, output } = await shell.run(command, budgets.guideStep, signal)
        if (exit !== 0) throw new IndeterminateError(`expected ${who.name} to be given the profile ${who.profile} of ${who.environment}, but "${command}" ended with ${exit ?? 'a signal'}: ${output.trim().split('\n').at(-1) ?? ''}`)
        const kubeconfig = await readFile(join(shell.home, handedOver), 'utf8')
        for (const [, token = ''] of kubeconfig.matchAll(/\btoken: *["']?([^"'\s}]{6,})/g)) redactor.add({ name: `token of ${who.name}`, value: token })
        return { ...who, kubeconfig }
      }
      finally {
        await shell.close()
      }
    },
    revoke: async (name) => {
      const shell = await openShell(operator())
      await shell.run(`npx plumbline access revoke --person ${name}`, budgets.guideStep, new AbortController().signal).finally(() => shell.close())
    },
    followAs: async (guide, person, values, { others = {}, files = {}, variables = {} } = {}) => {
      const home = (one: Person): Surroundings => ({ ...everybody(), files: { [handedOver]: one.kubeconfig } })
      const people = Object.fromEntries(Object.entries(others).map(([name, one]) => [name, home(one)]))
      return await follow(guide, { profile: person.profile, values, people: { 'platform-engineer': operator(), ...people, [reader]: { ...home(person), variables, files: { ...home(person).files, ...files } } } }, signal)
    },
    followAsOperator: async (guide, values, { others = {}, files = {}, variables = {}, ...hearing } = {}) => {
      const people = Object.fromEntries(Object.entries(others).map(([name, one]) => [name, { ...everybody(), files: { [handedOver]: one.kubeconfig } }]))
      return await follow(guide, { values, people: { ...people, [reader]: { ...operator(), files, variables: { ...operator().variables, ...variables } } }, ...hearing }, signal)
    },
  }
}
