import { breakGlassAtMostHours } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { breakGlassUses } from '../lib/platform/access-records.ts'

test(
  'no break-glass has been open for longer than four hours',
  { tags: ['FR-002', 'FR-003'] },
  async ({ platform, evidence }) => {
    const uses = await breakGlassUses(platform)
    const open = uses.filter(({ closed }) => !closed).map((use) => ({ ...use, hours: (Date.now() - Date.parse(use.openedAt)) / 3_600_000 }))
    evidence.observe('every use of the administrator\'s kubeconfig that the audit bucket knows of', { bucket: platform.audit.name, uses, open })

    expect(open.filter(({ hours }) => hours > breakGlassAtMostHours).map(({ request, openedAt }) =>
      `expected the break-glass ${request} to be closed within ${breakGlassAtMostHours} hours, but it is open since ${openedAt}; run "plumbline access break-glass close ${request} --as NAME"`)).toBeFaultless()
  },
)
