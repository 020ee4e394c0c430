import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../src/server/free-port.fixture.ts'
import { BENCH_ORIGIN } from './force.ts'
import { place } from './material.ts'
import type { Figure } from './shape.ts'
import { median } from './timed.ts'

const PEEL = join(import.meta.dirname, '..', 'bin', 'peel.mjs')

/** From the command to the first page: on a force's data, and the very first time. */
export async function starts(force: string, size: string, runs: number): Promise<Figure[]> {
  const full: number[] = []
  const first: number[] = []
  for (let run = 0; run < runs; run++) {
    full.push(await start(force))
    const data = place('service-start')
    first.push(await start(data))
    rmSync(data, { recursive: true, force: true })
  }
  return [
    { what: `start to first page, ${size}`, value: median(full), unit: 's', target: 5, beside: '' },
    {
      what: 'start to first page, the first time',
      value: median(first),
      unit: 's',
      beside: 'makes its database, its phone and its story',
    },
  ]
}

async function start(data: string): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(PEEL, ['serve'], {
    env: { ...process.env, PEEL_DATA: data, PEEL_ORIGIN: BENCH_ORIGIN, PORT: String(port) },
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`peel serve ended with ${child.exitCode}`)
      const answer = await fetch(`http://127.0.0.1:${port}/my-phone`).catch(() => undefined)
      if (answer?.status === 200) return (performance.now() - began) / 1000
      if (performance.now() - began > 120_000) throw new Error('peel serve did not start')
      await pause(20)
    }
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}
