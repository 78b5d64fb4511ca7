import { expect, test } from 'vitest'
import { arrivedOf } from './tags.ts'

const sample = (labels: Record<string, string>, value = 3) => ({ labels, value, at: 0 })

test('a signal is tagged when its series say where their source says they come from', () => {
  const arrived = arrivedOf({ what: 'CPU', metric: 'm', origin: 'namespace' }, [
    sample({ namespace: 'development', environment: 'development' }), sample({ namespace: 'staging' }), sample({ namespace: 'production', environment: 'staging' }), sample({ namespace: 'kube-system' }),
  ])
  expect(arrived.map(({ environment, tagged, mistagged }) => ({ environment, tagged, mistagged }))).toEqual([
    { environment: 'development', tagged: 3, mistagged: [] },
    { environment: 'staging', tagged: 0, mistagged: ['3 series of namespace staging without a tag'] },
    { environment: 'production', tagged: 0, mistagged: ['3 series of namespace production with the tag staging'] },
    { environment: 'system', tagged: 0, mistagged: [] },
  ])
})

test('the ingress names a service by its environment first', () => {
  const [development] = arrivedOf({ what: 'ingress', metric: 'm', origin: 'service' }, [sample({ service: 'development-sample-service-http@kubernetes', environment: 'development' }), sample({ service: 'api@internal' })])
  expect(development).toMatchObject({ tagged: 3, mistagged: [] })
})
