import { expect, test } from '../lib/case.ts'

test(
  'no drill whose run was killed is left without having been put back',
  { tags: ['NFR-007'] },
  ({ drill, evidence }) => {
    const open = drill.open()
    evidence.observe('journals of drills whose run has ended', open)
    expect(open.map((one) => `expected ${one.drill} to have been put back when its run ended, but its journal ${one.file} is open; run "npx plumbline drill --restore"`)).toBeFaultless()
  },
)
