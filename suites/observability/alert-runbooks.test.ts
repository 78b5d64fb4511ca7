import { alertNames } from '../intent/thresholds.ts'
import { expect, test } from '../lib/case.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { readRunbook } from '../lib/runbooks.ts'

test(
  'every alert links a runbook that exists and is about it, and says what is wrong and how bad it is',
  { tags: ['SC-006', 'FR-008'] },
  async ({ platform, evidence }) => {
    const rules = (await prometheusOn(platform).rules()).filter(({ type }) => type === 'alerting')
    const alerts = await Promise.all(rules.map(async ({ name, labels, annotations }) => ({ name, severity: labels['severity'], summary: annotations['summary'], link: annotations['runbook_url'], runbook: await readRunbook(annotations['runbook_url'] ?? '') })))
    evidence.observe('alerts with their runbooks', alerts)

    expect(alertNames.filter((name) => !alerts.some((one) => one.name === name)).map((name) => `expected an alert ${name}, but Prometheus has no such rule`)).toBeFaultless()
    expect(alerts.flatMap(({ name, severity, summary, link, runbook }) => [
      ...runbook === undefined ? [`expected the alert ${name} to link a runbook in docs/runbooks, but its link is ${link ?? 'missing'}`] : [],
      ...runbook !== undefined && !runbook.title.includes(name) ? [`expected the runbook ${runbook.file} to be about ${name}, but its title is "${runbook.title}"`] : [],
      ...severity === undefined || summary === undefined ? [`expected the alert ${name} to have a severity and a summary, but it has ${severity ?? 'no severity'} and ${summary === undefined ? 'no summary' : 'a summary'}`] : [],
    ])).toBeFaultless()
  },
)
