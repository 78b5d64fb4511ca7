import { expect, test } from 'vitest'
import { follow } from './follow.ts'
import { workflowSteps } from './workflow.ts'

const context = { inputs: { environment: 'it\'s staging' }, github: { sha: 'abc' }, secrets: ['KEY'] }
const workflow = (steps: string) => `name: w\non: push\njobs:\n  only:\n    runs-on: x\n    timeout-minutes: 5\n    env: { WHERE: '\${{ inputs.environment }}' }\n    steps:\n${steps}`

test('runs the steps in order, each in a shell of its own in the workspace, with the variables of job and step', async () => {
  const guide = workflowSteps(workflow([
    '      - uses: actions/checkout@v4',
    '      - { name: one, env: { MINE: "a-${{ github.sha }}-${{ env.WHERE2 }}", WHERE2: b, TOLD: "${{ secrets.KEY }}" }, run: "own=1; basename \\"$PWD\\"; echo \\"$WHERE $MINE $TOLD\\"; echo kept > file" }',
    '      - { name: two, run: "echo \\"${own:-none} ${MINE:-none} $(cat file)\\"; false; echo not reached" }',
    '      - { name: three, if: always(), run: "echo gone" }',
  ].join('\n')), 'w.yml', context)
  const { steps } = await follow(guide, { values: {}, people: { reader: { path: ['/usr/bin', '/bin'], variables: { KEY: 'secret-of-mine' }, files: { 'checkout/readme': 'x' } } } }, new AbortController().signal)
  expect(steps.map(({ outcome, output }) => [outcome, output])).toEqual([
    ['not executed', undefined], ['as written', 'checkout\nit\'s staging a-abc-b secret-of-mine\n'], ['otherwise', 'none none kept\n'], ['as written', 'gone\n'],
  ])
  expect(steps[1]?.command).not.toContain('secret-of-mine')
})

test.each([
  ['an unknown expression', '      - { name: a, env: { X: "${{ hashFiles(1) }}" }, run: "true" }', 'got ${{ hashFiles(1) }}'],
  ['an unknown secret', '      - { name: a, env: { X: "${{ secrets.OTHER }}" }, run: "true" }', 'got ${{ secrets.OTHER }}'],
  ['an expression in a script', '      - { name: a, run: "echo ${{ github.sha }}" }', 'to hold no expression, since its value would be run: put it into env'],
  ['another action', '      - uses: some/action@v1', 'no other action is understood'],
  ['another condition', '      - { name: a, if: failure(), run: "true" }', 'to be always() or none, got failure()'],
  ['another key', '      - { name: a, run: "true", shell: pwsh }', 'jobs.only.steps.0: Unrecognized key: "shell"'],
])('refuses %s', (_, step, message) => {
  expect(() => workflowSteps(workflow(step), 'w.yml', context)).toThrow(message)
})
