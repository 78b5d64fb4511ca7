import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { sentenceOf } from '../../console/failure.ts'
import { settleAll } from '../pipeline/concurrency.ts'
import type { Helm } from '../pipeline/helm.ts'
import { valuesOf } from '../pipeline/release-values.ts'
import type { ValueSources } from '../pipeline/release-values.ts'
import type { ReleaseList } from '../pipeline/releases-file.ts'

/** What the checkout makes of one release. */
export interface RenderedRelease { name: string, manifest: string, digest: string }

/** Two cores gain nothing from more (incluster.md §8). */
const width = 4

/** Renders every release of a list as the pipeline would. Rejects with the first that cannot be rendered. */
export async function renderReleases(list: ReleaseList, sources: ValueSources, { render }: Pick<Helm, 'render'>): Promise<RenderedRelease[]> {
  const releases = list.stages.flatMap((stage) => stage.releases)
  const results = await settleAll(releases, width, async (release) => ({ name: release.name, ...await render(release.name, join(repository, 'terraform/charts', release.chart), valuesOf(release, sources)) }))
  return results.map((result, index) => {
    if (result.status === 'fulfilled') return result.value
    throw new Error(`the release ${releases[index]?.name ?? ''} cannot be rendered from the checkout (${sentenceOf(result.reason)})`)
  })
}
