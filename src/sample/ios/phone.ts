import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the phone before it is known in which layout the phone will be kept. */
export interface PhoneFile {
  /** as backups name it: `HomeDomain`, `AppDomainGroup-group.net.whatsapp.WhatsApp.shared` */
  readonly domain: string
  readonly path: string
  /** where its bytes are for now; absent: the phone lists it and does not have it */
  readonly at?: string
}

/** Gathers what writers make, in a folder for the making. */
export class Phone {
  readonly files: PhoneFile[] = []
  readonly #folder: string
  readonly #known = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A place to write a database to, which becomes a file of the phone, with its log if it leaves one. */
  database(domain: string, path: string, options: { readonly log: boolean }): string {
    const at = this.#place(domain, path)
    if (options.log) this.files.push({ domain, path: `${path}-wal`, at: `${at}-wal` })
    return at
  }

  /** Adds a file with its bytes, once: later ones of the same name are ignored. */
  add(domain: string, path: string, bytes: Uint8Array): void {
    if (this.#known.has(`${domain}-${path}`)) return
    writeFileSync(this.#place(domain, path), bytes)
  }

  /** A file that is listed and not there. */
  missing(domain: string, path: string): void {
    if (this.#known.has(`${domain}-${path}`)) return
    this.#known.add(`${domain}-${path}`)
    this.files.push({ domain, path })
  }

  /** Removes what was not moved away. */
  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #place(domain: string, path: string): string {
    this.#known.add(`${domain}-${path}`)
    const at = join(this.#folder, String(this.files.length))
    this.files.push({ domain, path, at })
    return at
  }
}

export const HOME = 'HomeDomain'
export const MEDIA = 'MediaDomain'
export const CAMERA_ROLL = 'CameraRollDomain'
export const WHATSAPP = 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared'
