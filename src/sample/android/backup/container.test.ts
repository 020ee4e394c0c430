import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pack } from 'tar-stream'
import { writeContainer } from './container.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-container-'))
after(() => rmSync(folder, { recursive: true, force: true }))

// Python's own zlib, tarfile and PBKDF2, and OpenSSL: nothing of ours reads here.
const READER = `
import hashlib, io, subprocess, sys, tarfile, zlib
data = open(sys.argv[1], 'rb').read()
head, at = [], 0
def line():
    global at
    end = data.index(b'\\n', at)
    text = data[at:end].decode('ascii')
    at = end + 1
    return text
def aes(key, iv, sealed):
    command = ['openssl', 'enc', '-d', '-aes-256-cbc', '-K', key.hex(), '-iv', iv.hex()]
    return subprocess.run(command, input=sealed, check=True, capture_output=True).stdout
assert line() == 'ANDROID BACKUP' and line() == '5' and line() == '1'
kind = line()
if kind == 'none':
    body = data[at:]
else:
    salt, check_salt, rounds, iv, blob = bytes.fromhex(line()), bytes.fromhex(line()), int(line()), bytes.fromhex(line()), bytes.fromhex(line())
    user = hashlib.pbkdf2_hmac('sha1', sys.argv[2].encode('utf-8'), salt, rounds, 32)
    master = aes(user, iv, blob)
    fields = []
    while master:
        fields.append(master[1:1 + master[0]])
        master = master[1 + master[0]:]
    master_iv, key, checksum = fields
    java = ''.join(chr(b if b < 128 else 0xff00 | b) for b in key).encode('utf-8')
    assert checksum == hashlib.pbkdf2_hmac('sha1', java, check_salt, rounds, 32), 'checksum'
    body = aes(key, master_iv, data[at:])
with tarfile.open(fileobj=io.BytesIO(zlib.decompress(body))) as tar:
    for member in tar.getmembers():
        print(member.name, tar.extractfile(member).read().decode('utf-8'))
`

const missing = ['python3', 'openssl'].find((tool) => spawnSync(tool, ['--version']).error !== undefined)
const skip = missing === undefined ? false : `${missing} is not here`

for (const [name, secret] of [
  ['plain', undefined],
  ['sealed', { password: 'pässword 1', rounds: 10_000, seed: 's' }],
] as const)
  test(`a ${name} backup is read by Python and OpenSSL`, { skip }, async () => {
    const tar = pack()
    tar.entry({ name: 'apps/org.example/f/one' }, 'first words')
    tar.entry({ name: 'shared/0/two' }, 'zweite Wörter')
    tar.finalize()
    const path = join(folder, `${name}.ab`)
    await writeContainer(path, tar as never, secret)
    const printed = execFileSync('python3', ['-c', READER, path, secret?.password ?? ''], { encoding: 'utf8' })
    assert.equal(printed, 'apps/org.example/f/one first words\nshared/0/two zweite Wörter\n')
  })
