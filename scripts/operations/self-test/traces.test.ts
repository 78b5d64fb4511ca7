import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tracesOn } from './traces.ts'

let root = ''
beforeAll(async () => { root = await mkdtemp(join(tmpdir(), 'traces-')) })
afterAll(async () => rm(root, { recursive: true, force: true }))

async function put(path: string, text = ''): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

test('what could be left outside the cache is found: processes, mounts, cgroups, namespaces, interfaces, files of kubectl', async () => {
  await put('proc/self/mountinfo', '22 1 0:5 / /dev rw - devtmpfs udev rw\n98 1 8:1 /x /c/sandbox/nodes/node1 rw - ext4 /dev/sda rw\n')
  await put('proc/self/net/dev', 'Inter-|   Receive  |  Transmit\n face |bytes packets|bytes packets\n  cali0: 1 1 1 1\n')
  await put('proc/7/cmdline', '/c/tools/etcd/etcd\0--data-dir\0/somewhere\0')
  await put('proc/8/cmdline', 'sleep\0' + '60\0')
  await symlink('/c/temporary/plumbline-run-1', join(root, 'proc/8/cwd'))
  await put('proc/9/cmdline', 'editor\0/cache/notes\0')
  await put('cpu/plumbline-12345678/tasks')
  await put('cpu/system.slice/tasks')
  await put('netns/node1')
  await put('home/.kube/config')
  const found = await tracesOn({ proc: join(root, 'proc'), home: join(root, 'home'), cache: '/c', cgroups: [join(root, 'cpu')], namespaces: join(root, 'netns') })
  expect([...found].toSorted()).toEqual([
    `cgroup ${root}/cpu/plumbline-12345678`,
    `file ${root}/home/.kube/config`,
    'mount /c/sandbox/nodes/node1',
    'network interface cali0',
    `network namespace ${root}/netns/node1`,
    'process 7 (/c/tools/etcd/etcd --data-dir /somewhere)',
    'process 8 (sleep 60)',
  ])
})

test('this machine can be looked at', async () => {
  expect([...await tracesOn()]).toContain('network interface lo')
})
