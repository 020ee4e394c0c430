/** Where the keyring has got to. It lies beside the epoch key and not beside the keyring, so that an older keyring is known. */
export interface Mark {
  /** how often the keyring was written; 0 before the first time */
  readonly generation: number
  /** lower-case hex SHA-256 of the keyring's file of that generation; empty before the first */
  readonly digest: string
}

/**
 * Where epoch keys lie. An epoch key never leaves: it wraps and unwraps the key of one writing of the keyring, so that a
 * PKCS#11 token with non-extractable keys can stand here (`create` = CKM_AES_KEY_GEN, `wrap` = CKM_AES_KEY_WRAP of RFC 3394,
 * `destroy` = C_DestroyObject, the mark = a private data object). `FileEpochKeys` is the implementation on files.
 *
 * Every method MUST have its effect on stable storage when it resolves. Callers hold the keyring's lock for `create`,
 * `destroy` and `setMark`; the others may be called at any time by any process.
 */
export interface EpochKeys {
  /** Ids of all epoch keys that are there, whether or not they can still be used. */
  list(): Promise<readonly string[]>
  /** Makes a new 256-bit key and returns its id, which was never used before. */
  create(): Promise<string>
  /** Wraps a key of 32 bytes. Throws KeyringError EPOCH_GONE. */
  wrap(epoch: string, key: Uint8Array): Promise<Uint8Array>
  /** The inverse of `wrap`. Throws KeyringError EPOCH_GONE, or DAMAGED where it is not what that epoch wrapped. */
  unwrap(epoch: string, wrapped: Uint8Array): Promise<Buffer>
  /** Destroys a key for good. One that is not there is no error: whoever was interrupted calls again. */
  destroy(epoch: string): Promise<void>
  /** Undefined where no keyring was ever made. */
  mark(): Promise<Mark | undefined>
  setMark(mark: Mark): Promise<void>
}
