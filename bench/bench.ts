// Measures what the project promises, against public tools, in one run on one machine (`npm run bench`). Misses are printed and
// are no failure: machines differ. No other test in the project looks at a clock.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { clean } from './material.ts'
import { machine } from './machine.ts'
import type { Bench, Figure } from './shape.ts'
import { type Findings, table } from './table.ts'
import { output, peel } from './timed.ts'

const DOCUMENT = join(import.meta.dirname, '..', 'docs', 'benchmarks.md')

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '3' },
    scale: { type: 'string', default: '1' },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    clean: { type: 'boolean' },
  },
})

if (values.clean) {
  clean()
  process.exit(0)
}

// Only now, because it makes keys in the folder that `--clean` removes.
const BENCHES: readonly Bench[] = [
  (await import('./all-messages.ts')).allMessages,
  (await import('./thousand-of-a-million.ts')).thousandOfAMillion,
  (await import('./media.ts')).media,
  (await import('./encrypted-backup.ts')).encryptedBackup,
  (await import('./list-backup.ts')).listBackup,
  (await import('./open-extract.ts')).openExtract,
  (await import('./log.ts')).log,
  (await import('./fleet.ts')).fleet,
  (await import('./match-recordings.ts')).matchRecordings,
  (await import('./recordings-pages.ts')).reviewPageOfRecordings,
  (await import('./destroy-recordings.ts')).destroyRecordings,
  (await import('./service.ts')).service,
  (await import('./apk.ts')).apk,
  (await import('./inventory.ts')).inventory,
]

const runs = Number(values.runs)
const scale = Number(values.scale)
const chosen = BENCHES.filter(({ name }) => values.only === undefined || values.only.includes(name))
if (!Number.isInteger(runs) || runs < 1 || !(scale > 0) || chosen.length === 0) {
  const names = BENCHES.map(({ name }) => name).join(', ')
  console.error(`error: these options do not fit\nhint: --only ${names}; --runs 1 or more; --scale above 0`)
  process.exit(2)
}

const before = machine()
// Once for nothing: what Node compiles it keeps for later runs.
output(peel('help'))
const benches: { bench: Bench; figures: Figure[] }[] = []
for (const bench of chosen) {
  console.error(`${bench.name} …`)
  const figures = await bench.run({ runs, scale, note: (text) => console.error(`  ${text}`) })
  benches.push({ bench, figures })
}

const findings: Findings = {
  date: new Date().toISOString().slice(0, 10),
  command: ['npm run bench --', ...process.argv.slice(2).filter((word) => word !== '--write')]
    .join(' ')
    .replace(/ --$/, ''),
  runs,
  machine: before,
  benches: benches.map(({ bench: { name, title }, figures }) => ({ bench: { name, title }, figures })),
}
if (values.write)
  writeFileSync(
    DOCUMENT,
    `# Benchmarks\n\nMeasured by \`npm run bench -- --write\`. What each line means: \`bench/\`.\n\n${table(findings)}`,
  )
process.stdout.write(values.json ? `${JSON.stringify(findings)}\n` : `\n${table(findings)}`)
