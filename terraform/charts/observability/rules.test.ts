import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { plainEnvironment, run } from '../../../scripts/operations/pipeline/children.ts'
import { helm } from '../../../scripts/operations/pipeline/helm.ts'
import { objectsOf } from '../../../scripts/operations/pipeline/release-drift.ts'

const chart = join(repository, 'terraform/charts/observability')
const mapSchema = z.looseObject({ data: z.record(z.string(), z.string()) })
const ruleSchema = z.object({
  record: z.string().optional(),
  alert: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
})
const rulesSchema = z.object({ groups: z.array(z.object({ rules: z.array(ruleSchema) })) })
const dashboardSchema = z.object({
  uid: z.string(),
  refresh: z.string(),
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })).min(1),
})

const values: unknown = parse(await readFile(join(chart, 'ci/all-values.yaml'), 'utf8'))
const objects = objectsOf((await helm({ records: 'kube-system' }).render('observability', chart, values)).manifest)
const configMap = (name: string): Record<string, string> => mapSchema.parse(objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name)).data
const rulesOf = (name: string) => Object.values(configMap(name)).flatMap((text) => rulesSchema.parse(parse(text)).groups.flatMap(({ rules }) => rules))
const dashboard = (name: string) => dashboardSchema.parse(JSON.parse(Object.values(configMap(name)).join('')))
const promtool = async (...args: string[]) => (await run(await tool('promtool'), args, { env: plainEnvironment() })).stdout

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-rules-'))
  for (const [name, text] of Object.entries(configMap('metric-rules'))) await writeFile(join(folder, name), text)
  await writeFile(join(folder, 'prometheus.yaml'), configMap('prometheus')['prometheus.yaml'] ?? '')
  await mkdir(join(folder, 'tests'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

test('Prometheus takes the rules and the configuration as the chart renders them', async () => {
  const files = Object.keys(configMap('metric-rules'))
  expect(files.toSorted()).toEqual(['alerts.yaml', 'availability.yaml', 'environments.yaml', 'probes.yaml', 'thresholds.yaml'])
  expect(await promtool('check', 'rules', '--lint-fatal', ...files.map((name) => join(folder, name)))).toContain('SUCCESS')
  expect(await promtool('check', 'config', '--syntax-only', join(folder, 'prometheus.yaml'))).toContain('SUCCESS')
})

// The rules that are tested are the rendered ones, beside which the tests are laid.
test.each(['alerts', 'availability', 'environments', 'probes'])('the rules of %s do what their tests say', async (name) => {
  const text = await readFile(join(chart, 'rules/tests', `${name}.yaml`), 'utf8')
  await writeFile(join(folder, 'tests', `${name}.yaml`), text.replaceAll('https://runbooks.invalid', 'https://example.com/runbooks'))
  expect(await promtool('test', 'rules', join(folder, 'tests', `${name}.yaml`))).toContain('SUCCESS')
}, 60_000)

test('every file of rules has tests, and every test is run here', async () => {
  const named = async (where: string) => (await readdir(join(chart, where))).filter((name) => name.endsWith('.yaml')).toSorted()
  expect(await named('rules/tests')).toEqual(await named('rules'))
})

test('the recording rules have the names that dashboards and suites ask for', () => {
  const names = new Set(rulesOf('metric-rules').flatMap(({ record }) => record ?? []))
  expect([...names].toSorted()).toEqual([
    'environment:alert_threshold', 'environment:cpu_of_limit:max', 'environment:cpu_usage_cores:sum', 'environment:ingress_latency_seconds:p95',
    'environment:ingress_requests:rate1m', 'environment:ingress_success:ratio1m', 'environment:memory_of_limit:max', 'environment:memory_working_set_bytes:sum',
    'environment:node_ready:ratio', 'environment:pod_restarts:increase5m', 'environment:pods_ready:ratio', 'slo:answered', 'slo:availability:met', 'slo:availability:ratio',
    'slo:availability_of_vantage:ratio', 'slo:expected', 'slo:in_service', 'slo:objective:ratio', 'slo:probe_success', 'slo:prober_up', 'slo:up', 'slo:window_seconds',
  ])
})

test('every alert has a severity, a summary and a runbook that exists', async () => {
  const alerts = [...rulesOf('metric-rules'), ...rulesOf('log-rules')].filter(({ alert }) => alert !== undefined)
  expect(alerts.map(({ alert }) => alert).toSorted()).toEqual([
    'ControlPlaneUnavailable', 'EnvironmentCpuHigh', 'EnvironmentIngressSlow', 'EnvironmentMemoryHigh', 'EnvironmentPodsUnhealthy', 'EnvironmentRequestsFailing', 'EscalationAttempted', 'OverrideKeeperBlind', 'ProbesMissing',
  ])
  const runbooks = await readdir(join(repository, 'docs/runbooks'))
  for (const { alert, labels, annotations } of alerts) {
    expect(['warning', 'critical']).toContain(labels?.['severity'])
    expect(annotations?.['summary']).toBeTruthy()
    expect(annotations?.['runbook_url']).toBe(`https://example.com/runbooks/${alert ?? ''}.md`)
    expect(runbooks).toContain(`${alert ?? ''}.md`)
  }
})

test('every environment has its own dashboard with the widgets of the objectives, new every 15 s', () => {
  for (const name of ['development', 'staging', 'production', 'system']) {
    const { uid, refresh, panels } = dashboard(`dashboard-${name}`)
    expect([uid, refresh]).toEqual([`environment-${name}`, '15s'])
    expect(panels.map(({ title }) => title)).toEqual(expect.arrayContaining(['CPU: nearest to its limit', 'Memory: nearest to its limit', 'Pod health', 'Request success', 'Ingress latency, p95']))
    const own = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).filter((expr) => expr !== 'slo:objective:ratio')
    for (const expr of own) expect(expr).toContain(`environment="${name}"`)
  }
})

test('only the collectors run with more than Pod Security `restricted` gives', () => {
  const text = (namespace: string) => JSON.stringify(objects.filter(({ metadata }) => metadata.namespace === namespace))
  expect(text('observability')).not.toMatch(/hostPath|"add":|"runAsUser":0/)
  expect(text('log-collection')).toMatch(/"add":\["DAC_READ_SEARCH"\]/)
})
