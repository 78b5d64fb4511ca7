import { describe, expect, test } from 'vitest'
import { missingServices, type ServicePod } from './nodes.ts'

const pod = (more: Partial<ServicePod> = {}): ServicePod => ({ namespace: 'system', name: 'web-1-a', service: 'web', node: 'node1', ready: true, ...more })

describe('services that are not there again', () => {
  test.each([
    ['none when another pod is ready elsewhere', [pod()], [pod({ name: 'web-1-b', node: 'node2' })], []],
    ['none when one of two is left', [pod(), pod({ name: 'web-1-b' })], [pod()], []],
    ['one whose new pod is not ready', [pod()], [pod({ ready: false })], ['expected system/web to have a pod that is ready again, but it has none']],
    ['one without any pod', [pod()], [pod({ namespace: 'staging' })], ['expected system/web to have a pod that is ready again, but it has none']],
    ['none that was not ready before', [pod({ ready: false })], [], []],
  ])('%s', (_, before, after, faults) => {
    expect(missingServices(before, after)).toEqual(faults)
  })
})
