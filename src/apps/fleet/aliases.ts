import type { Platform } from '../platform.ts'
import { inOrder } from './instant.ts'
import type { Install } from './install.ts'

/** That a name stands for an app, as somebody confirmed. Where a source knows names only, anybody can take a name. */
export interface Alias {
  readonly platform: Platform
  readonly name: string
  /** where said, an app counts only when its publisher is said too, and is this one */
  readonly publisher?: string
  readonly id: string
  /** absent: proposed, and of no effect */
  readonly confirmed?: { readonly by: string; readonly at: string }
}

/** Names as they are compared: one form of each letter, case and runs of spaces aside. Letters that only look alike stay different. */
export function comparedName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** What aliases say of names; a name that is confirmed for two apps says nothing. */
export class Aliases {
  readonly #byName = new Map<string, readonly Alias[]>()

  constructor(aliases: readonly Alias[]) {
    for (const alias of aliases) {
      if (!alias.confirmed || alias.confirmed.by.trim() === '' || comparedName(alias.name) === '') continue
      const key = `${alias.platform} ${comparedName(alias.name)}`
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), alias])
    }
  }

  /** The id that a name stands for, if it stands for one. */
  idOf({ platform, name, publisher }: Pick<Install, 'platform' | 'name' | 'publisher'>): string | undefined {
    if (name === undefined) return undefined
    const fitting = (this.#byName.get(`${platform} ${comparedName(name)}`) ?? []).filter(
      (alias) =>
        alias.publisher === undefined ||
        (publisher !== undefined && comparedName(alias.publisher) === comparedName(publisher)),
    )
    const ids = new Set(fitting.map(({ id }) => id))
    return ids.size === 1 ? fitting[0]?.id : undefined
  }
}

/** For somebody to confirm: names without an id that are, letter by letter, those of apps that are known. */
export function proposeAliases(
  unnamed: readonly Pick<Install, 'platform' | 'id' | 'name' | 'publisher'>[],
  known: readonly { readonly platform: Platform; readonly id: string; readonly name: string }[],
): readonly Alias[] {
  const proposals = new Map<string, Alias>()
  for (const { platform, id, name, publisher } of unnamed) {
    if (id !== undefined || name === undefined) continue
    for (const app of known)
      if (app.platform === platform && comparedName(app.name) === comparedName(name)) {
        const alias = { platform, name, ...(publisher !== undefined && { publisher }), id: app.id }
        proposals.set(JSON.stringify([platform, name, publisher ?? null, app.id]), alias)
      }
  }
  return [...proposals].sort(([a], [b]) => inOrder(a, b)).map(([, alias]) => alias)
}
