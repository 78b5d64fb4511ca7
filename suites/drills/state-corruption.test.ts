import { z } from 'zod'
import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import type { Drill } from '../lib/drills/drill.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { ended } from '../lib/drills/linode-faults.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { rehearsed } from '../lib/rehearsals.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const versionsSchema = z.array(z.object({ version: z.string(), newest: z.boolean(), state: z.object({ serial: z.int(), lineage: z.string() }).optional() }))

/** Nobody's: what the drill stores in the place of the platform's. */
const foreign = '00000000-d411-0000-0000-000000000009'
const lockId = '00000000-d411-0000-0000-00000000000c'

/** The object store with the operator's key, as curl signs requests; before 8.0 it leaves out the header about the content, which the store asks for. */
const store = (bucket: string) => [
  'store() { curl --silent --show-error --fail --aws-sigv4 "aws:amz:$AWS_REGION:s3" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" --header "x-amz-content-sha256: UNSIGNED-PAYLOAD" "$@"; }',
  `BUCKET="$AWS_ENDPOINT_URL_S3/${bucket}"`,
].join('\n')

test(
  'a truncated state, another platform\'s in its place and a lock of nobody stop the pipeline before it touches anything, and by the runbook the newest sound version is the state again, with nothing to change',
  { tags: ['NFR-009'], meta: { profile: 'gameday' } },
  async ({ platform, operator, rehearsals, drill }) => {
    const { bucket, key } = platform.outputs.state
    const log = await drill.run(drills.stateCorruption, async (d) => {
      const versions = async () => versionsSchema.parse(await operator.ask('state', 'versions'))
      await d.command('a run that leaves everything as it is, and writes down whose state this is', { counts: false }, 'npx plumbline provision')
      const good = (await versions()).find(({ newest }) => newest)
      const { version, state } = good ?? {}
      if (version === undefined || state === undefined) throw new IndeterminateError('expected the newest version of the state to be a state before the drill, but it is not; nothing was touched')

      await d.undo('no version of the state is one that the drill made', forgetting(bucket, key))
      await d.undo('the state is the platform\'s', `npx plumbline provision --plan-only || npx plumbline state restore '${version}'`)
      await d.undo('nobody holds the lock of the drill', `said=$(npx plumbline state unlock '${lockId}' 2>&1) || case "$said" in *"Nobody holds"*) ;; *) echo "$said"; exit 1;; esac`)

      const broken: Broken = { d, refused: async (title, says) => refused(d, await rehearsals.provision({ signal: d.signal, budget: budgets.drillCommand }), { title, says }), restored: async () => restored(d, await versions(), state.lineage) }
      await d.command('the state is truncated', { counts: false }, `${store(bucket)}\nstore "$BUCKET/${key}" > whole\nhead --bytes=2000 whole > half\nstore --upload-file half "$BUCKET/${key}"`)
      await goneBack(broken, { title: 'a run on a truncated state', says: [/is damaged/, /state restore/] })
      await d.command('another platform\'s state takes its place', { counts: false }, `${store(bucket)}\nprintf '%s' '${JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 1, lineage: foreign, outputs: {}, resources: [] })}' > other\nstore --upload-file other "$BUCKET/${key}"`)
      await goneBack(broken, { title: 'a run on another platform\'s state', says: [/another platform's/, new RegExp(state.lineage), /state restore/] })

      await d.command('a lock is left behind by a machine that is gone', { counts: false }, `${store(bucket)}\nprintf '%s' '${lock(bucket, key)}' > lock\nstore --upload-file lock "$BUCKET/${key}.tflock"`)
      await broken.refused('a run under the lock of somebody who is gone', [/locked by drill@gone/, new RegExp(`state unlock ${lockId}`)])
      await d.follow({ LOCK_ID: lockId }, { guide: { file: drills.stateCorruption.runbook.file, heading: 'A lock was left behind' } })
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

interface Broken { d: Drill, refused: (title: string, says: readonly RegExp[]) => Promise<void>, restored: () => Promise<string> }

async function goneBack({ d, refused: stops, restored: choose }: Broken, { title, says }: { title: string, says: readonly RegExp[] }): Promise<void> {
  await stops(title, says)
  await d.follow({ VERSION: await choose() })
}

async function refused(d: Drill, run: Parameters<typeof rehearsed>[1], { title, says }: { title: string, says: readonly RegExp[] }): Promise<void> {
  const ran = rehearsed(title, run)
  d.observe(title, ran)
  await d.step(`${title}: how it ended`, { counts: false }, async () => {
    ended(ran, { exit: 4, says })
    await Promise.resolve()
  })
}

/** What the runbook says to take: the newest version that is a state of the platform's lineage. */
async function restored(d: Drill, versions: z.infer<typeof versionsSchema>, lineage: string): Promise<string> {
  const [newest] = versions
  const sound = versions.find(({ state }) => state?.lineage === lineage)
  d.observe('the versions that the runbook chooses from, newest first', { newest, sound })
  return await Promise.resolve(sound?.version ?? '')
}

function lock(bucket: string, key: string): string {
  return JSON.stringify({ ID: lockId, Operation: 'OperationTypeApply', Info: '', Who: 'drill@gone', Version: '1.11.4', Created: new Date().toISOString(), Path: `${bucket}/${key}` })
}

/** Removes the versions that are no state and those of the drill's lineage, and no other: what is kept is the platform's history. */
function forgetting(bucket: string, key: string): string {
  return [
    store(bucket),
    `npx plumbline state versions --json | jq --raw-output '.[] | select(.damaged != null or .state.lineage == "${foreign}") | .version' > made`,
    `while read -r version; do store --request DELETE "$BUCKET/${key}?versionId=$version"; done < made`,
  ].join('\n')
}
