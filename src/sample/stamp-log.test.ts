import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { stampLog } from './stamp-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-log-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function logged(name: string): { file: string; log: Buffer } {
  const file = join(folder, name)
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  db.exec('CREATE TABLE t (words TEXT)')
  for (let row = 0; row < 300; row++) db.prepare('INSERT INTO t VALUES (?)').run(`row ${row} `.repeat(20))
  copyFileSync(file, `${file}.copy`)
  const log = readFileSync(`${file}-wal`)
  db.close()
  return { file: `${file}.copy`, log }
}

test('a stamped log is the same for the same changes, and SQLite accepts every frame of it', () => {
  const one = logged('one')
  const two = logged('two')
  assert.ok(!one.log.equals(two.log))
  assert.deepEqual(stampLog(one.log), stampLog(two.log))
  writeFileSync(`${one.file}-wal`, stampLog(one.log))
  const db = new Database(one.file)
  assert.equal(db.prepare('SELECT count(*) FROM t').pluck().get(), 300)
  db.close()
})

test('what is no log is refused, and an empty one stays empty', () => {
  assert.throws(
    () => stampLog(Buffer.from('not a log at all, but long enough to hold a header')),
    /not a write-ahead log/,
  )
  assert.equal(stampLog(Buffer.alloc(0)).length, 0)
})
