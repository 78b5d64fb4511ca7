import { holders } from '../intent/access.ts'
import { environmentNames } from '../intent/environments.ts'
import { baselineNames, forms, leastEntropyBits } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readAs } from '../lib/platform/holders.ts'
import { storedValues } from '../lib/platform/leaks.ts'
import { secretValues } from '../lib/platform/secrets.ts'

test(
  'what an administrator reads in each environment is what the store holds, and every value has the form, and room for the entropy, of its generator',
  { tags: ['FR-005', 'SC-005'] },
  async ({ platform, redactor, evidence }) => {
    const known = storedValues(redactor.known).filter(({ current }) => current)
    const read = (await Promise.all(environmentNames.map(async (environment) => {
      const admin = holders.find((holder) => holder.environment === environment && holder.profile === 'environment-admin')
      if (admin === undefined) throw new TypeError(`the intent names no administrator of ${environment}`)
      return await Promise.all(baselineNames.map(async (name) => ({ secret: `${environment}/${name}`, ...await readAs(platform, admin, { path: `/api/v1/namespaces/${platform.namespaceOf(environment)}/secrets/${name}` }) })))
    }))).flat()
    const unread = read.find(({ attempt }) => attempt.verdict !== 'allowed')
    if (unread !== undefined) throw new IndeterminateError(`expected an administrator to read ${unread.secret}, but the answer was ${unread.attempt.status} (${unread.attempt.message}); run "plumbline secrets bootstrap"`)

    const judged = read.flatMap(({ secret, text }) => Object.entries(secretValues(text)).flatMap(([key, value]) => {
      const form = forms[key]
      if (form === undefined) return []
      return [{ id: `${secret} ${key}`, length: value.length, asStored: known.some((one) => one.secret === secret && one.key === key && one.value === value), looksRight: form.looks.test(value), roomForBits: Math.floor(form.bits(value)) }]
    }))
    evidence.observe('each secret value that was read: its length, whether it equals the stored one, whether it has the form of its generator, and for how many bits that form has room', judged)

    expect(judged.flatMap(({ id, asStored, looksRight, roomForBits }) => [
      ...asStored ? [] : [`expected ${id} to hold the value of the store, but it holds another; run "plumbline secrets bootstrap"`],
      ...looksRight ? [] : [`expected ${id} to look like a value of its generator, but it does not; rotate it`],
      ...roomForBits >= leastEntropyBits ? [] : [`expected ${id} to have room for ${leastEntropyBits} bits, but it has for ${roomForBits}; rotate it`],
    ])).toBeFaultless()
    expect(judged.length, 'secret values that were read').toBe(known.filter(({ secret }) => read.some((one) => one.secret === secret)).length)
  },
)
