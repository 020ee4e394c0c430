import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeSampleArchive } from '../sample/index.ts'

const ARCHIVE = 'handsets-2016-to-2020'
const REGISTERS = 'registers-to-try'
const RECORDINGS = 300

/**
 * Puts an archive of recordings that never were where an invented force collects them, and its registers as CSV beside that folder, so that whoever tries
 * the service can give them. Does so once: what somebody took away is not put there again. Gives where the registers lie.
 */
export function collectSample(data: string, collectedFolder: string): string {
  const registers = join(data, REGISTERS)
  if (existsSync(registers)) return registers
  const making = join(data, '.sample-archive')
  rmSync(making, { recursive: true, force: true })
  const made = makeSampleArchive(making, { recordings: RECORDINGS, seed: 'invented force' })
  const archive = join(collectedFolder, ARCHIVE)
  if (!existsSync(archive)) renameSync(made.archive, archive)
  renameSync(made.registers, registers)
  rmSync(making, { recursive: true, force: true })
  return registers
}
