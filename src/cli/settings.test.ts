import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stop } from './exit.ts'
import { readSettings } from './settings.ts'

const VKEY = 'witness.example/w1+8eac5a3f+BG5lZWQgMzIgYnl0ZXMgb2YgYSBwdWJsaWMga2V5ISE='

test('witnesses are given one a line or with commas between, and what cannot be meant is not guessed at', async () => {
  const { COSIGNATURE, ED25519, verifierOf } = await import('../tlog/index.ts')
  const key = (byte: number, type: typeof COSIGNATURE | typeof ED25519 = COSIGNATURE) =>
    verifierOf('w.example', type, Buffer.alloc(32, byte)).vkey
  const read = (text: string) => readSettings({ PEEL_WITNESSES: text }).witnesses
  assert.deepEqual(read(''), [])
  const two = [`${key(1)} https://w1.example/`, `${key(2)} http://127.0.0.1:7380`]
  for (const between of ['\n', ',', ' ,\n'])
    assert.deepEqual(
      read(two.join(between)).map(({ url }) => url),
      ['https://w1.example/', 'http://127.0.0.1:7380'],
    )
  for (const wrong of [
    VKEY,
    `${VKEY} https://w.example`,
    `${key(1)} http://w.example/`,
    `${key(1)} ftp://w.example/`,
    `${key(1, ED25519)} https://w.example/`,
    `${two[0]},${two[0]}`,
    `${two[0]} ${two[1]}`,
  ])
    assert.throws(() => read(wrong), Stop, wrong)
})
