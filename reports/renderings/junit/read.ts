import { XmlDocument, type XmlNode } from 'libxml2-wasm'
import { counted, fromFlat, type Stated } from '../stated.ts'

/** What a junit.xml states, its cases counted one by one. Throws when it is no XML or does not hold what we write. */
export function readJunit(content: string): Stated {
  using document = XmlDocument.fromString(content)
  const run = document.get('/testsuites/testsuite[properties/property/@name="exitCode"]')
  if (run === null) throw new Error('it has no suite for the run itself')
  const stated = new Map(run.find('properties/property').map((one) => [text(one, '@name'), text(one, '@value')]))
  const exitCode = Number(stated.get('exitCode'))
  const cases = document.find('/testsuites/testsuite/testcase').filter(({ parent }) => parent?.isSameNode(run) !== true)
  const { requirements, cells, evidence } = fromFlat(stated)
  return {
    runId: stated.get('runId'),
    target: stated.get('target'),
    verdict: stated.get('verdict'),
    exitCode,
    counts: { requirements, cells, cases: counted(cases.map(verdictOf)) },
    evidence,
    faults: [
      ...cases.filter((one) => passed(one) !== (verdictOf(one) === 'satisfied')).map((one) => `shows ${text(one, '@classname')} as ${passed(one) ? 'passed' : 'not passed'}, but says that it is ${verdictOf(one)}`),
      ...(run.find('testcase').every(passed) === (exitCode === 0) ? [] : [`shows the run as ${exitCode === 0 ? 'not ' : ''}passed with exit code ${exitCode}`]),
      ...document.find('//testsuite | /testsuites').flatMap(misadded),
    ],
  }
}

function text(node: XmlNode, path: string): string {
  return node.get(path)?.content ?? ''
}

function verdictOf(testcase: XmlNode): string {
  return /^\[\[PROPERTY\|verdict=(.*)\]\]$/m.exec(text(testcase, 'system-out'))?.[1] ?? ''
}

function passed(testcase: XmlNode): boolean {
  return testcase.get('failure | error | skipped') === null
}

const tallies = { tests: './/testcase', failures: './/failure', errors: './/error', skipped: './/skipped' } as const

/** Where the numbers on an element are not those of the tests inside it. */
function misadded(suite: XmlNode): readonly string[] {
  return Object.entries(tallies).flatMap(([attribute, path]) => {
    const said = suite.get(`@${attribute}`)?.content
    const found = suite.find(path).length
    return said === undefined || said === String(found) ? [] : [`has ${found} ${attribute} in ${text(suite, '@name')}, but says ${said}`]
  })
}
