// Digests one file from its first byte to its last, beside whoever reads it as a database. Obeys `digest-thread.ts`.
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

const STRIDE = 1 << 20

const { path } = workerData as { path: string }
const buffer = Buffer.allocUnsafe(STRIDE)
const hash = createHash('sha256')
const file = openSync(path, 'r')
let bytes = 0
for (let read = readSync(file, buffer, 0, STRIDE, bytes); read > 0; read = readSync(file, buffer, 0, STRIDE, bytes)) {
  hash.update(buffer.subarray(0, read))
  bytes += read
}
closeSync(file)
parentPort?.postMessage({ bytes, sha256: hash.digest('hex') })
