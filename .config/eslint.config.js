import tseslint from 'typescript-eslint'
import { importDirection } from './import-direction.ts'

const families = 'suites/!(lib|intent|requirements)/**/*.ts'
const waiting = 'A case never waits by itself: use converge with a named budget (style.md, rule 4).'
const world = 'A case never talks to the world: suites/lib does, and returns data (style.md, rule 6).'

export default tseslint.config(
  { ignores: ['node_modules/**', 'reports/runs/**', '**/.terraform/**', 'terraform/**', '**/*.mjs'] },
  {
    files: ['**/*.ts', '**/*.js'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: `${import.meta.dirname}/tsconfig.json` } },
    plugins: { plumbline: { rules: { 'import-direction': importDirection } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'plumbline/import-direction': 'error',
      'complexity': ['error', 10],
      'max-params': ['error', 4],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'eqeqeq': 'error',
      'no-console': 'error',
      'no-constant-condition': 'error',
      'no-fallthrough': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-self-compare': 'error',
      'no-unreachable-loop': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An implementation of an interface takes what the interface gives, also what it has no use for.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // The Kubernetes client's models are classes in name only: it serializes plain objects by their fields.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `() => void work()` style handlers are how Node's callbacks are written here; the promise itself is still checked.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: [families],
    rules: {
      'no-restricted-globals': ['error', ...['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({ name, message: waiting })), { name: 'fetch', message: world }],
      'no-restricted-imports': ['error', {
        paths: [
          ...['node:timers', 'node:timers/promises'].map((name) => ({ name, message: waiting })),
          ...['node:child_process', 'node:net', 'node:dgram', 'node:http', 'node:https', 'node:fs', 'node:fs/promises', 'zx', 'pg', '@aws-sdk/client-s3', '@kubernetes/client-node', '@linode/api-v4']
            .map((name) => ({ name, message: world, allowTypeImports: true })),
        ],
      }],
      'no-restricted-syntax': ['error',
        { selector: 'CallExpression[callee.name=/^(sleep|delay|wait|pause|retry)$/]', message: waiting },
        { selector: 'CallExpression[callee.property.name=/^(sleep|delay|wait|pause|retry|poll|waitFor|waitUntil)$/]', message: waiting },
        { selector: 'Property[key.name=/^(retry|retries|repeats|timeout)$/]', message: waiting },
        { selector: 'MemberExpression[object.name=/^(test|describe|it)$/][property.name=/^(only|skip|todo|fails|skipIf|runIf)$/]', message: 'A skipped or focused case is never a pass; remove it or finish it.' },
      ],
    },
  },
)
