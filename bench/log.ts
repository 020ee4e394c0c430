import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ED25519, openLog, verifierOf } from '../src/tlog/index.ts'
import { testSigner } from '../src/tlog/signer.fixture.ts'
import { place } from './material.ts'
import { type Bench, count, type Figure } from './shape.ts'
import { median, medians, once, peel, quantile } from './timed.ts'

const ENTRIES = 500_000
const AT_ONCE = 256
const ALONE = 500
const GO = resolve(import.meta.dirname, '../test/peers/verify-log.go')

const signer = testSigner('log.example/bench')
const { vkey } = verifierOf(signer.name, ED25519, signer.publicKey)

/** As long as the leaves of a force's log, and as meaningless. */
const entry = (at: number) =>
  Buffer.from(
    `{"a":${at},"c":"${'c'.repeat(22)}","e":"${'e'.repeat(43)}","k":"extraction.finished","n":${at},"t":"2026-11-21T19:14Z","v":1}`,
  )

/** The transparency log: how fast it accepts, and how fast somebody else checks it, against Go's own libraries. */
export const log: Bench = {
  name: 'log',
  title: 'The log',
  async run({ runs, scale, note }) {
    const entries = Math.max(1000, ENTRIES * scale)
    const folder = place('log')
    const state = place('log-state')
    note(`${count(entries)} entries, ${AT_ONCE} at once, then ${ALONE} one after the other`)
    const rates: number[] = []
    const accepted: number[] = []
    const published: number[] = []
    for (let run = 0; run < runs; run++) {
      for (const path of [folder, state]) rmSync(path, { recursive: true, force: true })
      const open = await openLog({ folder, state, signer, now: () => new Date(0) })
      const start = performance.now()
      let next = 0
      const append = async () => {
        while (next < entries) await open.append(entry(next++))
      }
      await Promise.all(Array.from({ length: AT_ONCE }, append))
      await open.published(entries - 1)
      rates.push((1000 * entries) / (performance.now() - start))
      for (let at = 0; at < ALONE; at++) {
        const began = performance.now()
        const index = await open.append(entry(at))
        accepted.push(performance.now() - began)
        await open.published(index)
        published.push(performance.now() - began)
      }
      await open.close()
    }
    const figures: Figure[] = [
      {
        what: `${count(entries)} entries, ${AT_ONCE} at once: accepted, published and signed`,
        value: median(rates),
        unit: '/s',
        target: 5000,
        beside: 'Tessera, on 7 cores: 10,000/s',
      },
      {
        what: 'one alone until it cannot be lost, 99 of 100',
        value: quantile(accepted, 0.99),
        unit: 'ms',
        target: 20,
        beside: '',
      },
      {
        what: 'one alone until it is published, 99 of 100',
        value: quantile(published, 0.99),
        unit: 'ms',
        target: 250,
        beside: '',
      },
    ]
    note('verifying it')
    const all = entries + ALONE
    const keys = place('vkeys')
    writeFileSync(keys, `${vkey}\n`)
    const binary = place('verify-log')
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
    const hasGo = spawnSync('go', ['build', '-o', binary, GO], { env }).status === 0
    const ours = () => once(peel('log', 'verify', folder, '--trust', vkey))
    const cost = hasGo
      ? medians(runs, { ours, go: () => once([binary, 'log', keys, folder]) })
      : { ...medians(runs, { ours }), go: undefined }
    const beside =
      cost.go === undefined
        ? 'Go is not installed'
        : `Go's libraries: ${count(Math.round(all / cost.go.wall))}/s, ${(cost.ours.wall / cost.go.wall).toFixed(1)} times as fast`
    const what = `${count(all)} entries verified whole, with starting`
    return [...figures, { what, value: all / cost.ours.wall, unit: '/s', target: 150_000, beside, cost: cost.ours }]
  },
}
