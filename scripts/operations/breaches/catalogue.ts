import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Breach } from '../../../fixtures/breaches/breach.ts'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { isRequirementId } from '../../../suites/requirements/catalogue.ts'
import { UsageFailure } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'

const folder = join(repository, 'fixtures/breaches')

/** Every breach of fixtures/breaches/<requirement>/<id>.ts, in the order of requirement and id. Rejects when one is not filed where it belongs. */
export async function loadBreaches(): Promise<Breach[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const requirements = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted()
  const files = await Promise.all(requirements.map(async (requirement) => {
    const names = await readdir(join(folder, requirement))
    return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).toSorted().map((name) => ({ requirement, name }))
  }))
  return Promise.all(files.flat().map(load))
}

async function load({ requirement, name }: { requirement: string, name: string }): Promise<Breach> {
  const file = join(folder, requirement, name)
  const module: unknown = await import(pathToFileURL(file).href)
  const breach = isModule(module) ? module.default : undefined
  if (!isBreach(breach)) throw new Error(`Expected ${file} to export a breach by default, but it does not.`)
  const unknown = [breach.requirement, ...breach.expects.requirements].find((id) => !isRequirementId(id))
  if (unknown !== undefined) throw new Error(`Expected ${file} to name requirements of suites/requirements/catalogue.ts, but ${unknown} is none.`)
  if (breach.requirement !== requirement || breach.id !== basename(name, '.ts')) {
    throw new Error(`Expected ${file} to hold the breach ${basename(name, '.ts')} of ${requirement}, but it says ${breach.id} of ${breach.requirement}; move it or rename it.`)
  }
  return breach
}

function isModule(module: unknown): module is { default: unknown } {
  return typeof module === 'object' && module !== null && 'default' in module
}

function isBreach(value: unknown): value is Breach {
  const fields = ['id', 'requirement', 'case', 'title', 'expects', 'apply', 'restore']
  return typeof value === 'object' && value !== null && fields.every((field) => field in value)
}

/** The breaches with these ids, all of them when none is named. Throws a UsageFailure with the nearest ids for one that is unknown. */
export function chosen(all: readonly Breach[], ids: readonly string[]): Breach[] {
  const known = all.map(({ id }) => id)
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown !== undefined) {
    throw new UsageFailure(`Unknown breach ${JSON.stringify(unknown)}: expected one of ${known.join(', ')}.${didYouMean(unknown, known)}`)
  }
  return ids.length === 0 ? [...all] : all.filter(({ id }) => ids.includes(id))
}
