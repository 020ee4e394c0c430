// Writes docs/evidence.md: for each act of the policy the rows of the law that it serves, who may do it, where, and what it leaves in the log.
// Usage: node scripts/evidence.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ACTS, POLICY, ROLES } from '../src/access/index.ts'
import { EVENT_KINDS, kindOf } from '../src/events/index.ts'
import { ROUTES } from '../src/server/routes.ts'

const FILE = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/evidence.md')
const titles = new Map(ROLES.map(({ id, title }) => [id, title.toLowerCase()]))
const cell = (text) => text.replaceAll('|', '\\|')
const list = (all) => (all.length === 0 ? '' : all.map((one) => cell(one)).join('<br>'))

function who({ members = [], anyone = [], stepUp, rank, schedule3, apart = [] }) {
  const titlesOf = (roles) => roles.map((role) => titles.get(role)).join(', ')
  return [
    members.length > 0 && `of the case: ${titlesOf(members)}`,
    anyone.length > 0 && `also outside it: ${titlesOf(anyone)}`,
    stepUp && 'proves again who they are',
    rank && 'of a rank that may decide',
    schedule3 && 'listed in Schedule 3',
    apart.length > 0 && `apart: ${apart.join(', ').replaceAll('_', ' ')}`,
  ].filter(Boolean)
}

function line(act) {
  const routes = ROUTES.filter((route) => route.who === act)
  const logs = [...new Set(routes.flatMap((route) => route.logs))].sort()
  const where = routes.map(({ method, path }) => `\`${method} ${path}\``)
  return `| ${cell(ACTS[act])} | ${cell(POLICY[act].law)} | ${list(who(POLICY[act]))} | ${list(where)} | ${list(logs.map((kind) => `\`${kind}\``))} |`
}

const entries = EVENT_KINDS.map((kind) => {
  const { says, covers, fields } = kindOf(kind)
  const holds = Object.entries(fields).map(([name, { form }]) => `${name} (${form})`)
  return `| \`${kind}\` | ${cell(says)} | ${covers === 'none' ? '' : covers} | ${cell(holds.join(', '))} |`
})

const text = `# What is done, and the evidence that it leaves

Made by \`node scripts/evidence.mjs\` from the policy, the table of routes and the registry of events: the controls of the service, and the evidence that each leaves by itself
(DPA 2018 ss.34(3), 56). Which test holds which row of the law is in [law-coverage.md](law-coverage.md); how an entry is read and proved is in [formats/log.md](formats/log.md).

## Acts

| act | rows of the law | who may | where | what it leaves in the log |
|---|---|---|---|---|
${Object.keys(POLICY).map(line).join('\n')}

## Entries

What an entry holds: ids, digests, counts, times and words of closed lists. "text" is a reason that the law asks for in words.

| entry | what happened | operation of DPA 2018 s.62 | what it holds |
|---|---|---|---|
${entries.join('\n')}
`

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, { encoding: 'utf8', flag: 'a+' }) !== text) {
    console.error('docs/evidence.md is out of date: node scripts/evidence.mjs')
    process.exitCode = 1
  }
} else writeFileSync(FILE, text)
