import type { SearchedText } from './leaks.ts'
import type { Bucket } from './storage.ts'

const readsAtOnce = 8

/** Every kept version of every object below a prefix, as text. Rejects with IndeterminateError when one cannot be read. */
export async function readKeptTexts(bucket: Bucket, prefix: string): Promise<SearchedText[]> {
  const versions = (await bucket.versions(prefix)).filter(({ deleted }) => !deleted)
  const texts: SearchedText[] = []
  for (let start = 0; start < versions.length; start += readsAtOnce) {
    texts.push(...await Promise.all(versions.slice(start, start + readsAtOnce).map(async ({ key, versionId }) => (
      { where: `version ${versionId || 'null'} of ${key} in ${bucket.name}`, text: await bucket.text(key, versionId === '' ? undefined : versionId) }))))
  }
  return texts
}
