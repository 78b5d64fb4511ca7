import { describe, expect, test } from 'vitest'
import { environmentThresholds } from '../intent/thresholds.ts'
import { judgeArrival, judgeMessage, judgeResolution, longestBeyond, messageAbout, type AlertStory } from './alert-story.ts'

const cpu = environmentThresholds.find(({ alert, environment }) => alert === 'EnvironmentCpuHigh' && environment === 'staging')
const pods = environmentThresholds.find(({ alert }) => alert === 'EnvironmentPodsUnhealthy')
if (cpu === undefined || pods === undefined) throw new Error('the thresholds are there')

const every15s = (...values: number[]) => values.map((value, index): [number, number] => [index * 15_000, value])
const message = (text: string) => ({ at: '2026-11-23T20:00:00.000Z', text, payload: {} })
const link = 'Runbook: https://example.test/docs/runbooks/EnvironmentCpuHigh.md'
const fired = message(`FIRING EnvironmentCpuHigh in staging\nfiring EnvironmentCpuHigh, environment staging, severity warning: a container\n${link}`)
const story = (more: Partial<AlertStory>): AlertStory => ({ threshold: cpu, measure: every15s(0.1, ...Array<number>(9).fill(1)), before: false, active: undefined, fired: undefined, resolved: undefined, hindrance: undefined, ...more })

test('the longest time beyond a threshold is one without a return', () => {
  expect(longestBeyond({ threshold: cpu, measure: every15s(1, 1, 0.5, 1, 1, 1, 0.7) })).toBe(30_000)
  expect(longestBeyond({ threshold: pods, measure: every15s(0.5, 0.5, 1) })).toBe(15_000)
})

describe('an alert whose threshold was crossed', () => {
  test('must arrive, when it was crossed for long enough', () => {
    expect(judgeArrival(story({ fired }))).toBeUndefined()
    expect(judgeArrival(story({}))).toEqual({ fault: 'expected EnvironmentCpuHigh in staging to arrive in the platform channel, but its threshold was crossed for 120 s and no message came; Alertmanager never held it' })
    expect(judgeArrival(story({ active: 5 }))).toEqual({ fault: expect.stringContaining('Alertmanager held it') as string })
  })

  test('is undecided when it was not crossed, not measured, or active before', () => {
    expect(judgeArrival(story({ measure: every15s(1, 1), hindrance: 'OOMKilled' }))).toEqual({ undecided: 'expected to cross the threshold of EnvironmentCpuHigh in staging for 105 s, but it was beyond it for 15 s (OOMKilled)' })
    expect(judgeArrival(story({ measure: [] }))).toEqual({ undecided: expect.stringContaining('Prometheus has none') as string })
    expect(judgeArrival(story({ before: true }))).toEqual({ undecided: expect.stringContaining('it was active already') as string })
  })

  test('says its environment and links its runbook', () => {
    expect(judgeMessage(story({ fired }))).toBeUndefined()
    expect(judgeMessage(story({ fired: message('FIRING EnvironmentCpuHigh in staging Runbook: none') }))).toEqual({ fault: expect.stringContaining('to link its runbook EnvironmentCpuHigh.md') as string })
  })

  test('must be told to be over', () => {
    const back = every15s(1, 1, 0.2)
    const resolved = message('RESOLVED EnvironmentCpuHigh in staging')
    expect(judgeResolution(story({ fired, resolved, measure: back }))).toBeUndefined()
    expect(judgeResolution(story({ fired, measure: back }))).toEqual({ fault: expect.stringContaining('but none came after its measure had returned') as string })
    expect(judgeResolution(story({ fired }))).toEqual({ undecided: expect.stringContaining('still beyond its threshold: 1') as string })
    expect(judgeResolution(story({}))).toEqual({ undecided: expect.stringContaining('it never arrived') as string })
  })
})

test('a message is about one alert of one environment, and is a beginning or an end', () => {
  const resolved = message('RESOLVED EnvironmentCpuHigh in staging\nresolved EnvironmentCpuHigh, environment staging')
  const messages = [message('FIRING EnvironmentCpuHigh in production'), fired, resolved]
  expect(messageAbout(messages, cpu, 'firing')).toBe(fired)
  expect(messageAbout(messages, cpu, 'resolved')).toBe(resolved)
  expect(messageAbout(messages, pods, 'firing')).toBeUndefined()
})
