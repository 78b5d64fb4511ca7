import { join } from 'node:path'
import { paths } from '../fixtures/sandbox/paths.ts'
import { main } from './console/main.ts'

// A reader that has seen enough (`| head`) closes the pipe; that is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// What vitest and kubectl keep for themselves, here and in whatever is started from here, would stay in ~/.local/share and ~/.kube.
process.env['XDG_DATA_HOME'] = join(paths.work, 'data')
process.env['KUBECACHEDIR'] = paths.discovery

process.exitCode = await main(process.argv.slice(2))
