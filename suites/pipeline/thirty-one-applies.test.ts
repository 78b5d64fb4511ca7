import { createHash } from 'node:crypto'
import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { readStateVersions } from '../lib/platform/state.ts'
import { withTerraformRoot } from '../lib/probes/terraform-root.ts'
import { rehearsed } from '../lib/rehearsals.ts'

/** Two more than are kept for certain, so that there is one behind the oldest of them. */
const applies = objectives.keptStateVersions + 2

test(
  'each of 32 applies leaves a version of the state, the oldest of the last 30 is restored byte for byte and plans clean, and the one behind it is kept as documented',
  { tags: ['NFR-009'], meta: { profile: 'nightly' } },
  async ({ platform, provided, rehearsals, evidence, run }) => {
    const order = { platform, terraform: rehearsals.terraform(), run: run.label, name: 'applies', authorities: provided.authorities, signal: run.signal }
    await withTerraformRoot(order, async (root) => {
      const failed: string[] = []
      for (let value = 1; value <= applies; value += 1) {
        const outcome = await root.apply(value)
        if (outcome.exitCode !== 0) failed.push(`apply ${value}: ${outcome.stderr.trim()}`)
      }
      const { kept, versions } = await readStateVersions(platform, applies, root.key)
      const [oldest, behind] = [versions[objectives.keptStateVersions - 1], versions[objectives.keptStateVersions]]
      evidence.observe(`${applies} applies on a state of the rehearsal's own, in the platform's state bucket, and the versions that they left`, { key: root.key, failed, kept, versions })
      expect(failed.map((one) => `expected every apply of the rehearsal to succeed, but ${one}`)).toBeFaultless()
      expect(kept, 'versions that the applies left').toBe(applies)
      expect(new Set(versions.map(({ serial }) => serial)).size, 'different states among them').toBe(applies)

      const bytes = await platform.state.bytes(root.key, oldest?.versionId)
      const value = applies - objectives.keptStateVersions + 1
      const before = await root.plan(value)
      await root.restore(bytes)
      const restored = await platform.state.bytes(root.key)
      const clean = await root.plan(value)
      const older = await platform.state.text(root.key, behind?.versionId)
      evidence.observe('the oldest of the last 30 versions restored', {
        version: oldest, sha256: { kept: digestOf(bytes), restored: digestOf(restored) }, plans: [rehearsed('plan before the restoration', before), rehearsed('plan after it', clean)],
        behind: { ...behind, bytes: older.length },
      })
      // The control: a plan that is clean anyway would say nothing about the restoration.
      expect(before.exitCode, 'exit code of the plan for the old value before the restoration: there is something to do').toBe(2)
      expect(digestOf(restored), 'digest of the restored state').toBe(digestOf(bytes))
      expect(clean.exitCode, `exit code of the plan after the restoration: ${clean.stdout.slice(-300)}`).toBe(0)
      expect(behind, 'the version behind the last 30, which is kept: nothing removes versions of the state (docs/platform/disaster-recovery.md)').toBeDefined()
    })
  },
)

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
