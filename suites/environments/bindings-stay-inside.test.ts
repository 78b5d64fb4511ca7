import { foreignness } from '../intent/access.ts'
import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { readBindings } from '../lib/platform/environments.ts'

test(
  'no role binding of an environment names anybody of another environment, or everybody',
  { tags: ['FR-001'] },
  async ({ platform, evidence }) => {
    const environments = await Promise.all(environmentNames.map(async (environment) => ({ environment, bindings: await readBindings(platform, environment) })))
    evidence.observe('role bindings of the environments with their subjects', environments)

    expect(environments.flatMap(({ environment, bindings }) => bindings.flatMap(({ name, role, subjects }) => subjects.flatMap((subject) => {
      const why = foreignness(environment, subject)
      return why === undefined ? [] : [`expected role binding ${name} in ${environment} to name only its own, but it gives ${role} to ${why}; remove that subject`]
    })))).toBeFaultless()
  },
)
