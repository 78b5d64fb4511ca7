import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readLocks } from '../lib/platform/state.ts'
import { withTerraformRoot } from '../lib/probes/terraform-root.ts'
import { rehearsed } from '../lib/rehearsals.ts'

test(
  'of two applies at the same time one refuses and names who holds the lock, and succeeds when the lock is free; a lock left by a killed apply is given back by the documented step',
  { tags: ['FR-010'], meta: { profile: 'nightly' } },
  async ({ platform, provided, rehearsals, evidence, run }) => {
    const order = { platform, terraform: rehearsals.terraform(), run: run.label, name: 'two-applies', authorities: provided.authorities, signal: run.signal }
    await withTerraformRoot(order, async (root) => {
      const heldLock = async () => {
        const { value } = await converge(async () => (await readLocks(platform, 1, root.key)).find(({ held }) => held), budgets.stateLockTaken, { consecutive: 1, until: (lock) => lock !== undefined, signal: run.signal })
        return value
      }
      const first = root.holdingApply(1)
      const lock = await heldLock()
      const second = await root.apply(2)
      first.answer('yes\n')
      const winner = await first.outcome
      const free = await root.apply(2)

      const killed = root.holdingApply(3)
      const left = await heldLock()
      killed.kill('SIGKILL')
      await killed.outcome
      const blocked = await root.plan(3)
      const unlocked = await root.forceUnlock(left?.lockId ?? '')
      const recovered = await root.apply(3)
      evidence.observe('two applies on a state of the rehearsal\'s own, in the platform\'s state bucket', {
        key: root.key, lock, left,
        runs: [
          rehearsed('apply that holds the lock', winner), rehearsed('apply beside it', second), rehearsed('the same when the lock is free', free),
          rehearsed('plan under the lock of a killed apply', blocked), rehearsed('force-unlock', unlocked), rehearsed('apply after it', recovered),
        ],
      })

      expect(second.exitCode, 'exit code of the apply beside another one').not.toBe(0)
      // The controls: the holder got its way, and so did the other one when it was alone.
      if (winner.exitCode !== 0 || free.exitCode !== 0) throw new IndeterminateError(`expected each apply to succeed while it is alone, but they ended with ${winner.exitCode ?? 'a signal'} and ${free.exitCode ?? 'a signal'}: ${winner.stderr}${free.stderr}`)
      expect(lock, 'the lock while an apply is at work').toBeDefined()
      expect(second.stderr, 'what the second apply says').toContain('Error acquiring the state lock')
      expect(second.stderr, 'the holder that the second apply names').toContain(lock?.lockId)
      expect(second.stderr, 'who holds it').toContain(lock?.who)
      expect(blocked.stderr, 'what a plan says under the lock of a killed apply').toContain(left?.lockId)
      expect(unlocked.exitCode, `exit code of force-unlock: ${unlocked.stderr}`).toBe(0)
      expect(recovered.exitCode, `exit code of the apply after it: ${recovered.stderr}`).toBe(0)
    })
  },
)
