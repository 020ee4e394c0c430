// The service's own tests once more, on the PostgreSQL server of another builder and of another version than the embedded one.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { postgresServer } from './postgres-server.ts'

const ROOT = dirname(import.meta.dirname)
/** Where tests stand that go through the service from end to end. What looks at every route or page by itself does so once. */
const PATTERNS = [
  'src/server/pages/**/*.test.ts',
  'src/jobs/**/*.test.ts',
  'test/journeys/{request-to-destruction,withdrawal,child}.test.ts',
]

test('the service does on a PostgreSQL server what it does on the embedded database', async (t) => {
  const url = await postgresServer(t)
  if (url === undefined) return
  const files = PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .filter((file) => opensService(file))
    .sort()
  assert.ok(files.length >= 8, `${files.length} files of tests open a service`)
  const { code, said } = await run(files, url)
  assert.equal(code, 0, said)
  const counted = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(said)?.[1])
  assert.ok(counted('pass') >= files.length, said)
  t.diagnostic(`${counted('pass')} tests of ${files.length} files`)
})

function opensService(file: string): boolean {
  return /\btestService\(|\.fixture\.ts'/.test(readFileSync(join(ROOT, file), 'utf8'))
}

function run(files: readonly string[], url: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(
    process.execPath,
    ['--test', '--test-reporter=tap', '--test-concurrency=2', '--test-timeout=240000', '--test-force-exit', ...files],
    {
      cwd: ROOT,
      // NODE_TEST_CONTEXT would make it report to the runner above instead of to us.
      env: { ...process.env, PEEL_TEST_DATABASE_URL: url, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}
