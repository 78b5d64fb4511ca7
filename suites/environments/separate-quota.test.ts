import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { cpuLeft, cpuLeftAtLeast, offerPod, whileExhausted } from '../lib/platform/attempts.ts'

/** The environment whose quota is used up; the one where this disturbs least. */
const exhausted = 'development'
const others = environmentNames.filter((name) => name !== exhausted)

test(
  'when development has used up its quota it takes no further pod, and the other environments go on as before',
  { tags: ['FR-001'] },
  async ({ platform, run, evidence }) => {
    const offer = { posture: 'restricted', run: run.label } as const
    const control = await offerPod(platform, exhausted, offer)
    const before = await cpuLeft(platform, exhausted)

    const { left, refused, elsewhere } = await whileExhausted({ platform, environment: exhausted, run }, async () => ({
      left: await cpuLeft(platform, exhausted),
      refused: await offerPod(platform, exhausted, offer),
      elsewhere: await Promise.all(others.map((environment) => offerPod(platform, environment, offer))),
    }))
    const after = await cpuLeftAtLeast(platform, exhausted, before)
    evidence.observe('offers of a pod before and while the CPU quota of development is used up, with the thousandths of a core that are left', {
      left: { before, exhausted: left, after }, control, refused, elsewhere,
    })

    expect(control).toSucceedAsControl()
    expect(refused).toBeDenied({ control })
    expect(refused.message).toContain('exceeded quota')
    for (const attempt of elsewhere) expect(attempt).toHaveVerdict('allowed')
  },
)
