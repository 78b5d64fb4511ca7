import { z } from 'zod'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Platform } from './platform.ts'
import { rawRequest } from './request.ts'

const calicoSchema = z.looseObject({ spec: z.looseObject({ calicoVersion: z.string().optional() }) })

/** The network policy engine as the cluster names it, for the numbers that depend on it: `Calico v3.28.5`. What names itself nowhere is told so, with what was answered. */
export async function readEngine({ cluster: { config } }: Pick<Platform, 'cluster'>): Promise<string> {
  try {
    const { status, text } = await rawRequest(config, { method: 'GET', path: '/apis/crd.projectcalico.org/v1/clusterinformations/default' })
    if (status !== 200) return `an engine that does not name itself (the answer about Calico was ${status})`
    return `Calico ${calicoSchema.parse(JSON.parse(text)).spec.calicoVersion ?? 'of an unnamed version'}`
  }
  catch (error) {
    throw new IndeterminateError(`expected to read which network policy engine runs, but ${sentenceOf(error)}`)
  }
}
