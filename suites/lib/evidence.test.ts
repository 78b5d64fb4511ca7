import { expect, test } from 'vitest'
import type { Evidence } from '../../reports/model/results.ts'
import { createRedactor } from '../../reports/redaction/redactor.ts'
import { recorder } from './evidence.ts'

test('a chart is kept whole and redacted; what cannot be drawn is refused where it was made', () => {
  const kept: Evidence[] = []
  const evidence = recorder(createRedactor([{ name: 'password', value: 'Quiet/Harbour+7351' }]), (one) => kept.push(one))
  const at = Date.UTC(2026, 10, 23)
  evidence.chart({ kind: 'line', title: 'CPU', unit: '%', series: [{ name: 'Quiet/Harbour+7351', points: [[at, 1]] }], threshold: 90 })
  expect(kept).toMatchObject([{ kind: 'chart', title: 'CPU', data: { kind: 'line', unit: '%', threshold: 90, series: [{ points: [[at, 1]] }] } }])
  expect(JSON.stringify(kept)).not.toContain('Harbour')
  expect(() => evidence.chart({ kind: 'line', title: 'CPU', unit: '%', series: [{ name: 'a', points: [] }] })).toThrow('expected a chart that can be drawn, but in "CPU" it has no point')
  expect(evidence.count).toBe(1)
})
