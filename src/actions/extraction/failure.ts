import { AcquisitionError, NoRoomError } from '../../acquisition/index.ts'
import { KeyringError } from '../../keyring/index.ts'
import { VaultError } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'

/** Why an extraction came to nothing, by a word that does not change. */
export class ExtractionFailed extends Error {
  override readonly name = 'ExtractionFailed'
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super('the extraction came to nothing', options)
    this.code = code
  }
}

/** The code of what was to be expected: the material, the grant, the disk. Undefined for anything else, which is ours to mend. */
export function failureOf(error: unknown): string | undefined {
  if (error instanceof ExtractionFailed || error instanceof AcquisitionError || error instanceof VaultError)
    return error.code
  if (error instanceof NoRoomError) return 'NO_SPACE'
  if (error instanceof KeyringError && error.code === 'NOT_WRITTEN') return 'NO_SPACE'
  if (error instanceof ActionError) return error.reason
  return undefined
}
