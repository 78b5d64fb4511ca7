import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { kubeconfigInForce, nodesRead } from '../lib/drills/administrators-kubeconfig.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { personOfRun } from '../lib/issued.ts'
import { takeUpAdministrator } from '../lib/platform/holders.ts'
import { issue, statusOfListing } from '../lib/probes/issued.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const anew = { file: 'platform/linode-access.md', heading: 'The administrator\'s kubeconfig is lost, or somebody else has it' }

test(
  'by the runbooks a kubeconfig that was issued is dead at once when it is revoked, and the administrator\'s is dead within 20 seconds when it is made anew, while the new one works',
  { tags: ['FR-002'], meta: { profile: 'gameday' } },
  async ({ platform, commandLine, run, redactor, drill }) => {
    const seen: Record<string, number> = {}
    const log = await drill.run(drills.credentialRevocation, async (d) => {
      const person = `${personOfRun(run.label)}-drill`
      await d.undo('the outputs hold the administrator\'s kubeconfig that is in force', 'npx plumbline provision')
      await d.undo('nobody of the drill has access', `if npx plumbline access list --json | grep --quiet '"${person}"'; then npx plumbline access revoke --person '${person}'; fi`)
      const credentials = await d.step('somebody is given access', { counts: false }, async () => {
        const given = await issue({ commandLine, run, redactor }, { environment: 'development', profile: 'viewer', purpose: 'drill' })
        const { status, message } = await statusOfListing(platform, given)
        if (status !== 200) throw new IndeterminateError(`expected the issued kubeconfig to work before it is revoked, but the answer was ${String(status)} (${message}): a refusal afterwards would prove nothing`)
        return given
      })
      await d.follow({ PERSON: credentials.person })
      seen['the revoked kubeconfig, at once'] = (await statusOfListing(platform, credentials)).status

      const old = await kubeconfigInForce(platform)
      await d.follow({}, { guide: anew })
      const renewed = await takeUpAdministrator(platform)
      const { value: dead, milliseconds } = await old.untilUnknown()
      seen['the old kubeconfig of the administrator'] = dead.status
      seen['the new kubeconfig of the administrator'] = (await nodesRead(renewed, 'the administrator with the new kubeconfig')).status
      d.observe('what each kubeconfig is answered', { ...seen, secondsUntilUnknown: milliseconds / 1000 })
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(seen).toEqual({ 'the revoked kubeconfig, at once': 401, 'the old kubeconfig of the administrator': 401, 'the new kubeconfig of the administrator': 200 })
  },
)
