import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { approvalFaults, changeFaults, readChanges, readDossier, readSegmentations, releaseRecordNames } from '../lib/platform/changes.ts'
import { applied, readProvisioning } from '../lib/platform/provisioning.ts'

/** How many of the newest applies are looked at. */
const newest = 3

test(
  'each of the newest applies has left its plan, who approved it, and a way back that names what is there',
  { tags: ['FR-007'] },
  async ({ platform, evidence }) => {
    const { events } = await readProvisioning(platform)
    const looked = events.filter((event) => event.outcome === 'success' && applied(event)).slice(-newest)
    const records = await readChanges(platform, looked.map(({ id }) => id))
    const segmentations = (await readSegmentations(platform)).flatMap(({ record }) => record ?? [])
    const stateVersions = new Set((await platform.state.versions(platform.outputs.state.key)).map(({ versionId }) => versionId))
    const there = { segmentations, stateVersions, releaseRecords: await releaseRecordNames(platform) }
    const approved = [...records.values()].flatMap((record) => record?.approval.basis === 'approved' ? [record] : [])
    const dossiers = await Promise.all(approved.map(async ({ id, segmentation, approval: { reference } }) => ({ id, reference, digest: segmentation.digest, dossier: await readDossier(platform, reference) })))
    evidence.observe('the newest applies, what each left, and who approved those that needed it', { applies: looked.map(({ id, finishedAt }) => ({ id, finishedAt, record: records.get(id) })), dossiers })

    if (looked.length === 0) throw new IndeterminateError(`expected the event of a run that applied something in the audit bucket, but none of its ${String(events.length)} events is one`)
    expect(looked.flatMap((event) => changeFaults(event, records.get(event.id), there))).toBeFaultless()
    expect(dossiers.flatMap(({ id, reference, digest, dossier }) => approvalFaults(`the change ${reference} of the run ${id}`, digest, dossier))).toBeFaultless()
  },
)
