import type { Install } from '../install.ts'
import type { PermittedApp } from '../permitted.ts'

/**
 * Whether an app is at least as new as is asked: by Android's version code where both have one, else by names that are numbers
 * and dots. 'unclear' where neither can be compared.
 */
export function isNewEnough(
  { versionCode, versionName }: Pick<Install, 'versionCode' | 'versionName'>,
  minimum: NonNullable<PermittedApp['minimum']>,
): boolean | 'unclear' {
  if (minimum.versionCode === undefined && minimum.versionName === undefined) return true
  if (minimum.versionCode !== undefined && versionCode !== undefined) return versionCode >= minimum.versionCode
  const [has, needs] = [numbersOf(versionName), numbersOf(minimum.versionName)]
  if (has === undefined || needs === undefined) return 'unclear'
  for (let at = 0; at < Math.max(has.length, needs.length); at++) {
    const [a, b] = [has[at] ?? 0n, needs[at] ?? 0n]
    if (a !== b) return a > b
  }
  return true
}

function numbersOf(name: string | undefined): readonly bigint[] | undefined {
  return name !== undefined && /^v?\d{1,20}(\.\d{1,20}){0,15}$/i.test(name)
    ? name.replace(/^v/i, '').split('.').map(BigInt)
    : undefined
}
