import { holders } from '../intent/access.ts'
import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readAs } from '../lib/platform/holders.ts'
import { leaksIn, storedValues } from '../lib/platform/leaks.ts'

/** What every profile may list in its environment, and where a value that should be a secret ends up by mistake. */
const listed = [
  'api/v1|configmaps', 'api/v1|pods', 'api/v1|services', 'api/v1|serviceaccounts', 'api/v1|events',
  'apis/apps/v1|deployments', 'apis/apps/v1|replicasets', 'apis/apps/v1|statefulsets', 'apis/batch/v1|jobs', 'apis/batch/v1|cronjobs', 'apis/networking.k8s.io/v1|ingresses',
].map((entry) => entry.split('|'))

test(
  'nothing that a viewer of an environment may list there holds a value that the bootstrap made',
  { tags: ['NFR-002', 'FR-005'] },
  async ({ platform, redactor, evidence }) => {
    const values = storedValues(redactor.known)
    const answers = (await Promise.all(environmentNames.map(async (environment) => {
      const viewer = holders.find((holder) => holder.environment === environment && holder.profile === 'viewer')
      if (viewer === undefined) throw new TypeError(`the intent names no viewer of ${environment}`)
      return await Promise.all(listed.map(async ([root = '', resource = '']) => ({ where: `the ${resource} of ${environment}`, ...await readAs(platform, viewer, { path: `/${root}/namespaces/${platform.namespaceOf(environment)}/${resource}` }) })))
    }))).flat()
    evidence.observe('lists that were read as a viewer and searched, through base64, compression, JSON, URL, HTML and hex escapes, and for how many values', {
      values: values.map(({ name }) => name), lists: answers.map(({ where, attempt, text }) => ({ where, status: attempt.status, characters: text.length })),
    })

    const unread = answers.find(({ attempt }) => attempt.verdict !== 'allowed')
    if (unread !== undefined) throw new IndeterminateError(`expected a viewer to list ${unread.where}, but the answer was ${unread.attempt.status} (${unread.attempt.message})`)
    expect(leaksIn(answers, values)).toBeFaultless()
  },
)
