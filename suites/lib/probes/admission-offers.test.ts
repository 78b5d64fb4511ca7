import { expect, test } from 'vitest'
import type { Call, CallAnswer } from '../platform/calls.ts'
import { offerShapes } from './admission-offers.ts'
import { granted, refused, worldFor } from './attempts.fixture.ts'
import { makeGuardedAttempts } from './guarded-attempts.ts'

const deployers = ['development', 'staging', 'production', 'system'].map((environment) => `plumbline:${environment}:deployer`)
const refusals = { pods: refused('violates PodSecurity "restricted:latest": …'), deployments: refused('ValidatingAdmissionPolicy \'plumbline-workloads\' with binding …') }

function harmful({ body }: Call): boolean {
  const text = JSON.stringify(body)
  return /hostPath|"privileged":true|host(PID|IPC|Network)|"add":|"runAsUser":0|"capabilities":\{\}|Unconfined/.test(text)
}

function guarded(call: Call): CallAnswer {
  if (call.path.includes('/namespaces/plumbline-probe-') || !harmful(call)) return granted
  return call.path.includes('/deployments') ? refusals.deployments : refusals.pods
}

const sentences = async (answer: (call: Call) => CallAnswer): Promise<string[]> => (await offerShapes(worldFor(answer, deployers))).judged.flatMap(({ fault, doubt }) => fault ?? doubt ?? [])

test('environments that refuse every shape but the harmless one are in order', async () => {
  expect(await sentences(guarded)).toEqual([])
})

test('a shape that is taken is a fault, and so is one that another guard refuses', async () => {
  const lowered = await sentences((call) => call.path.includes('/production/pods') && harmful(call) && !JSON.stringify(call.body).includes('privileged":true') ? granted : guarded(call))
  expect(lowered).toContain('expected production to refuse a pod that runs as root (D9-root), offered among its pods, but it takes it')
  const hidden = await sentences((call) => call.path.includes('/staging/pods') && harmful(call) ? refusals.deployments : guarded(call))
  expect(hidden[0]).toContain('expected staging to refuse a pod with everything (D1), offered among its pods by violates PodSecurity "restricted')
})

test('a shape that nobody takes, or an environment that takes nothing, proves nothing', async () => {
  expect((await sentences((call) => call.path.includes('/namespaces/plumbline-probe-') ? refused('malformed') : guarded(call)))[0]).toContain('expected a namespace without guard to take a pod with everything (D1)')
  expect((await sentences((call) => call.path.includes('/system/') ? refusals.pods : guarded(call)))).toContain(
    'expected system to take a pod that asks for nothing, offered among its pods, but the answer was 403 violates PodSecurity "restricted:latest": …: what else it refuses proves nothing')
})

test('a guarded attempt must be refused by its guard, beside a control that is let through', async () => {
  const admins = ['plumbline:staging:environment-admin']
  const secrets = async (answer: (call: Call) => CallAnswer) => (await makeGuardedAttempts(worldFor(answer, admins))).judged.filter(({ cell }) => cell.row === 'A4' && cell.scope === 'staging').map(({ fault, doubt }) => fault ?? doubt)
  const token = ({ body }: Call): boolean => JSON.stringify(body ?? '').includes('service-account-token')
  expect(await secrets((call) => token(call) ? refused('ValidatingAdmissionPolicy \'plumbline-long-lived-tokens\' …') : granted)).toEqual([undefined])
  expect(await secrets(() => granted)).toEqual(['expected plumbline:staging:environment-admin to be refused "make a Secret that holds a token of any account" (A4) in staging by plumbline-long-lived-tokens, but it is let through'])
  expect((await secrets(() => refused('no')))[0]).toContain('the refusal of the other proves nothing')
})
