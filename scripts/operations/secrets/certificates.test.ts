import { X509Certificate, createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import { expect, test } from 'vitest'
import { belongTogether, newAuthority, newServerCertificate, unfit } from './certificates.ts'

const authorityOf = async (now?: Date) => {
  const { values } = await newAuthority('plumbline', now)
  return { key: values['key'] ?? '', certificate: values['certificate'] ?? '' }
}
const domain = 'staging.plumbline.internal'

test('a TLS client that trusts the authority accepts the certificate for a host of the environment, and for no other', async () => {
  const authority = await authorityOf()
  const { values } = await newServerCertificate(authority, domain)
  const server = createServer({ key: values['tls.key'], cert: values['tls.crt'] }, (socket) => socket.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const reach = async (servername: string) => new Promise<string>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca: [values['ca.crt'] ?? ''] }, () => { resolve('accepted'); socket.destroy() })
    socket.on('error', (error: Error & { code?: string }) => { resolve(error.code ?? error.message) })
  })
  try {
    expect(await reach('sample-service.staging.plumbline.internal')).toBe('accepted')
    expect(await reach('sample-service.production.plumbline.internal')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  } finally {
    server.close()
  }
})

test('the key is a P-256 key, and the authority signs certificates only', async () => {
  const authority = await authorityOf()
  const { values } = await newServerCertificate(authority, domain)
  expect(createPrivateKey(values['tls.key'] ?? '').asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  const [own, server] = [new X509Certificate(authority.certificate), new X509Certificate(values['tls.crt'] ?? '')]
  expect(own.ca).toBe(true)
  expect(server.ca).toBe(false)
  expect(server.checkIssued(own)).toBe(true)
  expect(belongTogether(authority.key, authority.certificate)).toBe(true)
  expect(belongTogether(values['tls.key'] ?? '', authority.certificate)).toBe(false)
})

test('a certificate of another authority, for another domain or near its end is made again', async () => {
  const authority = await authorityOf()
  const { values } = await newServerCertificate(authority, domain)
  expect(unfit(values, { authority, domain })).toBeUndefined()
  expect(unfit(values, { authority: await authorityOf(), domain })).toBe('another authority signed it')
  expect(unfit(values, { authority, domain: 'staging.example.org' })).toBe('it is for *.staging.plumbline.internal and not for *.staging.example.org')
  const inEightyDays = new Date(Date.now() + 81 * 24 * 3600 * 1000)
  expect(unfit(values, { authority, domain, now: inEightyDays })).toMatch(/^it ends on \d{4}-\d\d-\d\d$/)
})
