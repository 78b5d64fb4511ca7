import { expect, test } from 'vitest'
import { intendedInbound, ruleInWords } from './firewall.ts'

test('a rule reads the same however Linode orders and spaces it', () => {
  const rule = { action: 'ACCEPT', protocol: 'TCP', ipv6: [] }
  expect(ruleInWords({ ...rule, ports: '10256,10250', ipv4: ['192.168.128.0/17'] })).toBe(intendedInbound[0])
  expect(ruleInWords({ ...rule, ports: null, ipv4: [] })).toBe('ACCEPT TCP from nowhere')
})

test('no rule admits a public address', () => {
  for (const rule of intendedInbound) expect(rule).toMatch(/ from 192\.168\.\d+\.\d+\/\d+$/)
})
