import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { readProvisioning } from '../lib/platform/provisioning.ts'
import { missingSerials, readStateVersions } from '../lib/platform/state.ts'

test(
  'the state bucket keeps versions, every write of the state is one of them, and the last 30 are there to be read',
  { tags: ['NFR-009'] },
  async ({ platform, evidence }) => {
    const versioning = await platform.state.versioning()
    const { kept, versions } = await readStateVersions(platform, objectives.keptStateVersions + 1)
    const { events } = await readProvisioning(platform)
    const oldest = Math.min(...versions.map(({ serial }) => serial))
    const serials = new Set(versions.map(({ serial }) => serial))
    const applied = events.flatMap(({ id, outcome, stateSerial }) => outcome === 'success' && stateSerial !== null && stateSerial >= oldest ? [{ id, stateSerial }] : [])
    evidence.observe('versioning of the state bucket, the kept versions of the state, and the serials that the pipeline reported', { versioning, kept, versions, applied })

    expect(versioning, `versioning of the bucket ${platform.state.name}`).toBe('Enabled')
    expect(versions.length, `versions of ${platform.outputs.state.key}`).toBeGreaterThan(0)
    expect([
      ...missingSerials(versions).map((serial) => `expected every write of the state to leave a version, but serial ${serial} has none among the newest ${versions.length}`),
      ...applied.filter(({ stateSerial }) => !serials.has(stateSerial)).map(({ id, stateSerial }) => `expected a version of the state with serial ${stateSerial}, which the run ${id} reported, but none is kept`),
      ...(kept < objectives.keptStateVersions && oldest > 1 ? [`expected the last ${objectives.keptStateVersions} versions of the state to be kept, but only ${kept} are, the oldest with serial ${oldest}`] : []),
    ]).toBeFaultless()
    expect(platform.outputs.state.keep_versions, 'versions that the platform is configured to keep').toBeGreaterThanOrEqual(objectives.keptStateVersions)
  },
)
