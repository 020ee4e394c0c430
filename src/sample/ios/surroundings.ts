import { uuid } from '../random.ts'
import type { Story } from '../story/types.ts'
import { HOME, type Phone, WHATSAPP } from './phone.ts'
import { binaryPlist } from './plist.ts'
import { makeStore } from './store.ts'

/** Writes what lies around the records and may never be opened or come out: other apps, search indexes, listed files that are not there. */
export function writeSurroundings(story: Story, phone: Phone): void {
  for (const { ios, text } of story.decoys) {
    const [domain, ...path] = ios.split('/') as [string, ...string[]]
    const store = makeStore(phone.database(domain, path.join('/'), { log: false }), {
      tables: ['CREATE TABLE entry (id INTEGER PRIMARY KEY, created REAL, body TEXT)'],
    })
    const entry = store.into('entry', ['created', 'body'])
    for (let nth = 0; nth < 12; nth++) entry({ created: 794_000_000 + nth * 86_400, body: `${text} ${nth + 1}` })
    store.settle()
    store.close(false)
  }
  const search = makeStore(phone.database(WHATSAPP, 'fts/ChatSearchV5f.sqlite', { log: false }), {
    tables: ['CREATE VIRTUAL TABLE docs USING fts4(content)'],
  })
  search.into('docs', ['content'])({ content: story.indexed.messages })
  search.settle()
  search.close(false)
  const preferences = {
    'com.apple.springboard': { SBLanguage: 'en-GB' },
    'com.apple.mobilephone': { ShowsMissedCalls: true },
  }
  for (const [name, values] of Object.entries(preferences))
    phone.add(HOME, `Library/Preferences/${name}.plist`, binaryPlist(values))
  // Backups list what the phone let go of in between.
  for (let nth = 0; nth < 5; nth++) phone.missing(HOME, `Library/Caches/${uuid(story.seed, 'cache', nth)}.bin`)
}
