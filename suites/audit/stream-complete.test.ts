import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { forwarded } from '../lib/platform/audit-stream.ts'

/** A platform that was provisioned and is at work has objects of each. */
const always = ['audit-stream/lke/', 'audit-stream/data-store/', 'provisioning/'] as const
/** Empty until somebody is given access, or asks for what others have to approve. */
const sometimes = ['access/', 'approvals/'] as const
/** How many of the newest objects of each stream are compared, and how old they are at least. */
const count = 5
const settled = 30_000

test(
  'every record of the newest objects in the audit bucket is in the log store',
  { tags: ['FR-010', 'NFR-003'] },
  async ({ platform, evidence }) => {
    const before = new Date(Date.now() - settled)
    const objects = await Promise.all([...always, ...sometimes].map(async (stream) => ({ stream, objects: await forwarded(platform, stream, { before, count }) })))
    evidence.observe('lines of the newest objects in the audit bucket beside their records in the log store', objects)

    const empty = objects.filter(({ stream, objects: found }) => found.length === 0 && always.some((one) => one === stream)).map(({ stream }) => stream)
    if (empty.length > 0) throw new IndeterminateError(`expected objects below ${empty.join(', ')} in the bucket ${platform.audit.name} that are older than ${settled / 1000} s, but there are none; see whether audit logs are delivered`)
    // An empty log store is one that lost its data or gets none: which of the two cannot be told from here.
    if (objects.flatMap((one) => one.objects).every(({ records }) => records === 0)) throw new IndeterminateError('expected records of the newest objects in the log store, but it holds none; see whether audit-forwarder runs in namespace audit')
    expect(objects.flatMap((one) => one.objects).flatMap(({ key, lines, records }) =>
      records === lines ? [] : [`expected all ${lines} lines of ${key} in the log store, but it holds ${records}`])).toBeFaultless()
  },
)
