import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { openSource } from '../../acquisition/index.ts'
import type { Contact } from '../../records/index.ts'
import { concerning, describedIn, onPhone, rowsOf } from '../whatsapp/generated-phone.ts'
import { whatsappIosContacts } from './whatsapp-ios-contacts.ts'

const root = resolve(
  process.env.PEEL_TESTDATA ?? resolve(import.meta.dirname, '../../../../shared/testdata'),
  'ios-apps-chat',
)
const skip = existsSync(root) ? false : 'the folder of real phone data is not here'
const ZIP = 'testdata.whatsApp.whatsAppCallHistory.'

test('a contact has its number with its label, its id, its pseudonym and what it says about itself', async () => {
  const sql = `CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZABOUTTEXT, ZFULLNAME, ZBUSINESSNAME, ZPHONENUMBER, ZPHONENUMBERLABEL, ZWHATSAPPID, ZLID);
    INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, 'At sea', 'Sam Example', 'Boats Ltd', '07700 900123', '_$!<Mobile>!$_', '447700900123', '205690463334636'),
      (2, NULL, NULL, NULL, NULL, NULL, '447700900456@s.whatsapp.net', NULL), (3, x'00', 5, '', '', '', NULL, NULL)`
  await onPhone(whatsappIosContacts, 'ContactsV2.sqlite', sql, (described) => {
    const contacts = rowsOf(described, described.tables[0]!).map(({ found }) => found)
    assert.deepEqual(contacts[0], {
      kind: 'contact',
      app: 'whatsapp',
      name: 'Sam Example',
      organisation: 'Boats Ltd',
      addresses: [
        { address: '07700 900123', type: 'phone', label: 'Mobile' },
        { address: '447700900123@s.whatsapp.net', type: 'whatsapp' },
        { address: '205690463334636@lid', type: 'whatsapp' },
      ],
      note: 'At sea',
      attachments: [],
    })
    assert.deepEqual(contacts[2], { kind: 'contact', app: 'whatsapp', addresses: [], attachments: [] })
    for (const address of ['+447700900123', '205690463334636@lid', '07700 900456']) {
      const { sql: asked, read } = concerning(described, described.tables[0]!, address)
      assert.deepEqual(asked, read)
      assert.equal(asked.length, 1)
    }
  })
})

test('text that newer versions write as bytes is read like text, and bytes that are none are told of', async () => {
  const sql = `CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME BLOB, ZPHONENUMBER BLOB, ZWHATSAPPID BLOB, ZLID BLOB);
    INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, CAST('Zoë Example' AS BLOB), CAST('07700 900123' AS BLOB), CAST('447700900123' AS BLOB), NULL),
      (2, x'ff00fe', x'ff', NULL, NULL)`
  await onPhone(whatsappIosContacts, 'ContactsV2.sqlite', sql, (described) => {
    const contacts = rowsOf(described, described.tables[0]!).map(({ found }) => found as Contact)
    assert.deepEqual(
      contacts.map(({ name, addresses }) => [name, addresses.map(({ address }) => address)]),
      [
        ['Zoë Example', ['07700 900123', '447700900123@s.whatsapp.net']],
        [undefined, []],
      ],
    )
    assert.deepEqual(concerning(described, described.tables[0]!, '+447700900123'), { sql: [1], read: [1] })
    assert.deepEqual(
      described.problems.map(({ code }) => code),
      ['value_odd'],
    )
  })
})

test('an unknown schema is named with what it lacks', async () => {
  await onPhone(whatsappIosContacts, 'ContactsV2.sqlite', 'CREATE TABLE other (id)', ({ notRecognised }) => {
    assert.match(notRecognised ?? '', /no table ZWAADDRESSBOOKCONTACT/)
  })
})

test('josh_ios15: the 9 contacts of iLEAPP, each with its name, number, label, id and text', { skip }, async () => {
  const found = await contactsOf(`${ZIP}josh_ios15_ffs.zip`)
  const file = resolve(root, 'expected/whatsApp.whatsAppContacts.josh_ios15_ffs.20250621193412.json')
  const expected = JSON.parse(readFileSync(file, 'utf8')).data as (string | null)[][]
  assert.deepEqual(
    found.map(({ name, note, addresses }) => [
      name,
      note ?? null,
      addresses.find(({ type }) => type === 'phone')?.address ?? null,
      addresses.find(({ type }) => type === 'phone')?.label ?? '',
      addresses.find(({ type }) => type === 'whatsapp')?.address ?? null,
    ]),
    expected.map(([name, about, , phone, label, id]) => [name, about, phone, label, id]),
  )
})

test('mvs_ios_2023: an empty WhatsApp has no contacts, and that is no error', { skip }, async () => {
  assert.deepEqual(await contactsOf(`${ZIP}mvs_ios_2023.zip`), [])
})

async function contactsOf(zip: string): Promise<Contact[]> {
  const source = await openSource(resolve(root, zip))
  const described = await describedIn(source, whatsappIosContacts, 'ContactsV2.sqlite')
  const found = rowsOf(described, described.tables[0]!).map((row) => row.found as Contact)
  await source.close()
  return found
}
