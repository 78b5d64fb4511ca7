import { createServer } from 'node:net'
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { failureOf, logInFromHere } from './database-here.ts'

const as = { username: 'staging_blue', password: 'not-to-be-said-anywhere', database: 'staging' }

async function portOf(answer: (received: string) => string | undefined): Promise<{ port: number, close: () => void }> {
  const server = createServer((socket) => {
    socket.on('error', () => {}).on('data', (data) => {
      const text = answer(data.toString())
      if (text === undefined) socket.destroy()
      else socket.end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() }
}

const at = (port: number) => ({ host: '127.0.0.1', port, serverName: 'data-store.test', authority: '' })

test('a server without TLS is not trusted, and gets no password', async () => {
  let heard = ''
  const { port, close } = await portOf((text) => { heard += text; return 'N' })
  const attempt = await logInFromHere(at(port), { as })
  close()
  expect(attempt).toMatchObject({ what: `this machine as staging_blue at database staging of 127.0.0.1:${port} over verified TLS`, outcome: 'untrusted', phase: 'login', error: 'The server does not support SSL connections' })
  expect(heard).not.toContain(as.password)
})

test('where nobody listens, nothing is refused by the server', async () => {
  const { port, close } = await portOf(() => undefined)
  close()
  expect(await logInFromHere(at(port), { as })).toMatchObject({ outcome: 'refused', phase: 'login' })
})

test('each failure is what it is', () => {
  const refusal = Object.assign(new DatabaseError('no pg_hba.conf entry for host "203.0.113.50"', 60, 'error'), { code: '28000', severity: 'FATAL' })
  expect(failureOf(refusal)).toEqual({ outcome: 'forbidden', code: '28000', message: 'FATAL: no pg_hba.conf entry for host "203.0.113.50"' })
  const coded = (code: string, message = code) => failureOf(Object.assign(new Error(message), { code })).outcome
  expect([coded('SELF_SIGNED_CERT_IN_CHAIN'), coded('ERR_TLS_CERT_ALTNAME_INVALID'), coded('ECONNRESET'), coded('ENOTFOUND'), coded('ETIMEDOUT'), coded('', 'timeout expired'), coded('EPIPE')])
    .toEqual(['untrusted', 'untrusted', 'refused', 'dns', 'timeout', 'timeout', 'error'])
})
