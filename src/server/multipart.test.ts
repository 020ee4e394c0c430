import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { everyFileOf, filesOf, MultipartError, readMultipart } from './multipart.ts'

const TYPE = 'multipart/form-data; boundary=----b'

async function sent(form: FormData): Promise<ReturnType<typeof readMultipart>> {
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  return readMultipart(request.headers.get('content-type') ?? '', Buffer.from(await request.arrayBuffer()))
}

test('a form with files is read as it was sent, and an empty choice of a file is none', async () => {
  const bytes = Buffer.from('PK\r\n\r\n--x\r\n\0\xff', 'latin1')
  const form = new FormData()
  form.append('csrf', 'x')
  form.append('one', 'a\r\nb')
  form.append('one', 'é')
  form.append('package', new Blob([bytes]), 'name of a person.apk')
  const read = await sent(form)
  assert.equal(read['csrf'], 'x')
  assert.deepEqual(read['one'], ['a\r\nb', 'é'])
  assert.deepEqual([...filesOf(read)], [['package', { bytes }]])
  assert.deepEqual(Object.keys(read), ['csrf', 'one'])
  const nothing = '------b\r\nContent-Disposition: form-data; name="package"; filename=""\r\n\r\n\r\n------b--\r\n'
  assert.equal(filesOf(readMultipart(TYPE, Buffer.from(nothing))).size, 0)
})

test('a field that takes several files gives all of them', async () => {
  const form = new FormData()
  for (const text of ['first', 'second']) form.append('files', new Blob([text]), 'x')
  const read = await sent(form)
  assert.deepEqual(
    everyFileOf(read, 'files').map(({ bytes }) => bytes.toString()),
    ['first', 'second'],
  )
  assert.deepEqual([everyFileOf(read, 'other'), everyFileOf(undefined, 'files')], [[], []])
})

test('whatever bytes come, they are read or refused', () => {
  const pieces = fc.constantFrom('------b', '\r\n', '--', 'Content-Disposition: form-data; name="a"', '\r\n\r\n', 'x')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (some) => {
      try {
        readMultipart(TYPE, Buffer.from(some.join('')))
      } catch (error) {
        assert(error instanceof MultipartError)
      }
    }),
    { seed: 1, numRuns: 2000 },
  )
  for (const wrong of ['multipart/form-data', 'multipart/form-data; boundary='])
    assert.throws(() => readMultipart(wrong, Buffer.alloc(0)), MultipartError)
  assert.deepEqual(filesOf(undefined), new Map())
})
