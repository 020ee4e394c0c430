// A process that changes a keyring and says each time, on a line of its own, what was promised to it. Run by the tests, which kill it.
import { writeSync } from 'node:fs'
import { openKeyring } from './keyring.ts'
import { placeIn } from './place.fixture.ts'

const [base = '', task = '', name = '', times = '1'] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

try {
  const keyring = await openKeyring(placeIn(base))
  if (task === 'destroy') {
    await keyring.destroyExtractKey(name)
    say(`destroyed ${name}`)
  } else
    for (let at = 0; at < Number(times); at++) {
      const id = `${name}-${at}`
      say(`created ${id} ${await keyring.createExtractKey(id)}`)
      if (task === 'create-and-destroy' && at % 2 === 1) {
        await keyring.destroyExtractKey(id)
        say(`destroyed ${id}`)
      }
    }
} catch (error) {
  say(`failed ${String((error as { code?: unknown }).code)}`)
  process.exitCode = 1
}
