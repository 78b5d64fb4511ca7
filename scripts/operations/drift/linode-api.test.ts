import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { linodeLists } from './linode-api.ts'

/** An API of two pages of firewalls, which refuses to list anything else. */
async function api() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://api')
    asked.push(`${url.pathname} ${request.headers.authorization ?? ''}`)
    const page = Number(url.searchParams.get('page'))
    const [status, body] = url.pathname.endsWith('/firewalls') ? [200, { data: [{ id: page }], page, pages: 2 }] as const : [url.pathname.endsWith('/tokens') ? 401 : 503, {}] as const
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.close() })
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return { asked, url, lists: linodeLists({ terraformEnvironment: { LINODE_URL: url, LINODE_TOKEN: 'example' } }, 'v4beta') }
}

test('a list is read to its last page', async () => {
  const { lists, asked } = await api()
  expect(await lists.list('/networking/firewalls')).toEqual([{ id: 1 }, { id: 2 }])
  expect(await lists.first('/networking/firewalls')).toEqual([{ id: 1 }])
  expect(asked[0]).toBe('/v4beta/networking/firewalls Bearer example')
})

test('a refusal says what was asked, and what is needed', async () => {
  const { lists, url } = await api()
  await expect(lists.list('/profile/tokens')).rejects.toThrow(`the Linode API at ${url} answered 401 when asked for /profile/tokens; give the token the right to read it`)
  await expect(lists.list('/vpcs')).rejects.toThrow(`the Linode API at ${url} answered 503 when asked for /vpcs; expected 200`)
})
