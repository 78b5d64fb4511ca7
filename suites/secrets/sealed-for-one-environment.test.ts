import { environmentNames } from '../intent/environments.ts'
import { baselineNames } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readSealedSecrets, wouldOpen } from '../lib/platform/secrets.ts'

test(
  'a SealedSecret opens in the environment that it was sealed for, and a copy of it in no other',
  { tags: ['FR-005'] },
  async ({ platform, evidence }) => {
    const sealed = (await Promise.all(environmentNames.map((environment) => readSealedSecrets(platform, environment)))).flat()
    // What lies there beside the baseline is judged too: it may be a copy.
    const answers = await Promise.all(sealed.map(async (one) => ({
      name: `${one.environment}/${one.name}`,
      baseline: baselineNames.includes(one.name),
      atHome: await wouldOpen(platform, one, platform.namespaceOf(one.environment)),
      elsewhere: await Promise.all(environmentNames.filter((name) => name !== one.environment).map(async (environment) => ({ environment, opens: await wouldOpen(platform, one, platform.namespaceOf(environment)) }))),
    })))
    evidence.observe('what the controller answers when asked whether it would open each SealedSecret where it lies and, under the same name, in the other environments', answers)

    expect(answers.flatMap(({ name, elsewhere }) => elsewhere.filter(({ opens }) => opens).map(({ environment }) =>
      `expected ${name} to be sealed for its environment alone, but a copy of it would open in ${environment}; seal it again with the scope strict`))).toBeFaultless()
    // The control: a controller that opens nothing would refuse every copy too.
    const closed = answers.filter(({ baseline, atHome }) => baseline && !atHome)
    if (closed.length > 0) throw new IndeterminateError(`expected ${closed[0]?.name ?? ''} to open where it lies, but the controller refuses it there too, so its refusals elsewhere prove nothing; run "plumbline secrets bootstrap"`)
    if (answers.length === 0) throw new IndeterminateError('expected SealedSecrets to copy, but there is none in any environment; run "plumbline secrets bootstrap"')
  },
)
