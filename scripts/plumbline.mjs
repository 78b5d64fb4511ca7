#!/usr/bin/env node
// Plain JavaScript without dependencies, for Node 20 and up: what `npm start`, `npm test` and `npx plumbline` run in a checkout that may
// not be installed yet. It installs when needed and hands over to the Node 24 that the lockfile pins.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { constants as os, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const minimumToInstall = 20
const minimumToRun = 24
const usage = 2
const broken = 3

const repository = dirname(dirname(fileURLToPath(import.meta.url)))

/** Major version of `v24.21.0` or `24.21.0`. */
function major(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10)
}

/** Whether `npm ci` must run: nothing installed, or something else than what the lockfile says. `root` is the checkout. */
function needsInstall(root) {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return true
  if (remembered(root) === lockHash(root)) return false
  // Installed by hand with npm after the lockfile was last written: as good as ours.
  return statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs
}

function lockHash(root) {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
}

function memory(root) {
  return join(root, 'node_modules', '.plumbline-lockfile')
}

function remembered(root) {
  return existsSync(memory(root)) ? readFileSync(memory(root), 'utf8').trim() : undefined
}

/** Writes down what was installed, and puts our own command where npx looks first. */
function rememberInstall(root) {
  if (remembered(root) !== lockHash(root)) writeFileSync(memory(root), `${lockHash(root)}\n`)
  const link = join(root, 'node_modules', '.bin', 'plumbline')
  if (existsSync(link)) return
  rmSync(link, { force: true })
  symlinkSync('../../scripts/plumbline.mjs', link)
}

/** The Node that runs Plumbline, or undefined when there is none that is new enough: the pinned one, else the one that runs now. */
function chooseNode(root) {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  if (isExecutable(pinned)) return pinned
  return major(process.versions.node) >= minimumToRun ? process.execPath : undefined
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function fail(message, code) {
  process.stderr.write(`plumbline: ${message}\n`)
  process.exit(code)
}

function install() {
  process.stderr.write('plumbline: installing what package-lock.json names (npm ci --ignore-scripts), about a minute\n')
  const result = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: repository,
    stdio: ['ignore', 2, 2],
  })
  if (result.error) fail(`npm was expected on PATH to install what package-lock.json names, but it could not be run: ${result.error.message}`, usage)
  if (result.signal) process.exit(128 + os.signals[result.signal])
  if (result.status !== 0) fail(`\`npm ci --ignore-scripts\` in ${repository} ended with ${result.status}; its own message is above. Mend that, then run the same command again.`, broken)
}

/** Where Node keeps what it compiled and stripped of its types: a short command spends most of its time on that otherwise. In the per-user cache (fixtures/sandbox/paths.ts). */
function compileCache() {
  const cache = process.env.PLUMBLINE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'plumbline')
  return process.env.NODE_COMPILE_CACHE ?? join(cache, 'compiled')
}

function handOver(node) {
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache() }
  // zx quotes what it hands to bash itself, which Node cannot know and warns of (DEP0190).
  const child = spawn(node, ['--disable-warning=DEP0190', join(repository, 'scripts', 'plumbline.ts'), ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the whole process group, the child included; a second copy would read as "now, at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => fail(`${node} was expected to run Plumbline, but it could not be started: ${error.message}`, broken))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + os.signals[signal] : (code ?? broken)))
}

function main() {
  if (major(process.versions.node) < minimumToInstall) {
    fail(`Node ${minimumToInstall} or newer is expected, but this is Node ${process.versions.node} (${process.execPath}); install a newer one.`, usage)
  }
  if (needsInstall(repository)) install()
  rememberInstall(repository)
  const node = chooseNode(repository)
  if (node === undefined) {
    fail(
      `Node ${minimumToRun} or newer is expected to run Plumbline, but this is Node ${process.versions.node} and npm has none for ` +
        `${process.platform}-${process.arch} among the optional dependencies; install Node ${minimumToRun}, or run \`npm ci --include=optional --ignore-scripts\`.`,
      usage,
    )
  }
  handOver(node)
}

main()
