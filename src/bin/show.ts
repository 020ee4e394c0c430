// What `npm run show` shows: a phone made, an authorisation signed by two people, an extraction of only what it allows, what was
// left and why, every check, and a search. Each step is a command that anybody can type again.
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../node_modules/.cache/peel', import.meta.url))
enableCompileCache(process.env['NODE_COMPILE_CACHE'])
const { main } = await import('../cli/main.ts')
const { terminal } = await import('../cli/terminal.ts')

process.chdir(fileURLToPath(new URL('../../', import.meta.url)))
const dir = 'out/show'
rmSync(dir, { recursive: true, force: true })
mkdirSync(dir, { recursive: true })
process.env['PEEL_DATA'] ??= `${dir}/data`
const out = terminal()

out.line(out.bold('Peel takes from a phone only what has been authorised, proves it, and lets go of the rest.'))
out.line('Everything below is invented, and every step is a command that you can run yourself.')

await step(
  '1. A phone: weeks of messages, calls, contacts and pictures',
  'sample',
  'ios-backup',
  dir,
  '--messages',
  '2000',
)
await step('2. What could it give? Nothing is opened to find out', 'inspect', `${dir}/phone`)
await step('3. What is asked for, in plain English', 'check', 'docs/examples/authorisation.yaml')
await step(
  '4. Two people, two keys, and a key for whoever may read the result',
  'keygen',
  '--out',
  `${dir}/requester.pem`,
)
trust(await printed('keygen', '--out', `${dir}/authoriser.pem`))
const recipient = await printed('keygen', '--age', '--out', `${dir}/officer.txt`)
await step(
  '5. Requested by a constable, authorised by an inspector',
  'authorise',
  'docs/examples/authorisation.yaml',
  '--requester',
  `${dir}/requester.pem`,
  '--authoriser',
  `${dir}/authoriser.pem`,
  '--out',
  `${dir}/authorisation.dsse.json`,
)
await step(
  '6. Take what it allows, count what is left, and seal it',
  'extract',
  `${dir}/phone`,
  '--authorisation',
  `${dir}/authorisation.dsse.json`,
  '--trust',
  `${dir}/trust.txt`,
  '--recipient',
  recipient,
  '--out',
  `${dir}/AB-1.peel`,
)
await step(
  '7. Check it all',
  'verify',
  `${dir}/AB-1.peel`,
  '--trust',
  `${dir}/trust.txt`,
  '--identity',
  `${dir}/officer.txt`,
)
await step('8. Find something', 'search', `${dir}/AB-1.peel`, 'riverside', '--identity', `${dir}/officer.txt`)
await step(
  '9. A report for the court',
  'report',
  `${dir}/AB-1.peel`,
  '--identity',
  `${dir}/officer.txt`,
  '--out',
  `${dir}/report.html`,
)
out.line(`\nThe phone, the authorisation, the sealed extract and the report are in ${dir}/.`)

/** Shows a command as it would be typed, and runs it. */
async function step(says: string, ...args: string[]): Promise<void> {
  out.line(`\n${out.bold(says)}`)
  const text = await printed(...args)
  if (args[0] === 'keygen') trust(text)
}

/** Runs a command, shows what it prints, and returns it. */
async function printed(...args: string[]): Promise<string> {
  out.line(out.faint(`$ npx peel ${args.map((word) => (/[\s*]/.test(word) ? `'${word}'` : word)).join(' ')}`))
  const write = process.stdout.write.bind(process.stdout)
  let text = ''
  process.stdout.write = (piece: string | Uint8Array) => {
    text += piece.toString()
    return write(piece)
  }
  const code = await main(args)
  process.stdout.write = write
  if (code !== 0) process.exit(code)
  return text.trim()
}

function trust(publicKey: string): void {
  appendFileSync(`${dir}/trust.txt`, `${publicKey}\n`)
}
