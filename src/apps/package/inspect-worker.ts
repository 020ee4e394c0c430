// Reads one package in a thread that may be ended. Obeys `inspect-package.ts`.
import { parentPort, workerData } from 'node:worker_threads'
import { PackageError } from './errors.ts'
import type { Answer, Question } from './inspect-package.ts'
import { openPackageFile } from './package-file.ts'
import { readPackage } from './read-package.ts'
import { TrackerList } from './trackers.ts'

const { path, trackers } = workerData as Question

async function answer(): Promise<Answer> {
  try {
    const list = trackers === undefined ? undefined : TrackerList.parse(trackers)
    const file = openPackageFile(path)
    try {
      return { found: await readPackage(file, list) }
    } finally {
      file.close()
    }
  } catch (error) {
    if (error instanceof PackageError)
      return { refused: { code: error.code, message: error.message, hint: error.hint } }
    throw error
  }
}

parentPort?.postMessage(await answer())
