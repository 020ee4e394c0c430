import type { Imported, Install } from './install.ts'
import type { PermittedApp } from './permitted.ts'
import type { RolePolicy } from './policy/role-policy.ts'
import type { Rules } from './drift/judge.ts'

/** Made data: no force, no phone, no app of this name. */
export const DAY = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString()
export const SIGNER = `sha256:${'a1'.repeat(32)}`
export const OTHER_SIGNER = `sha256:${'b2'.repeat(32)}`

export function aPermitted(more: Partial<PermittedApp> = {}): PermittedApp {
  return {
    entry: 'radio',
    name: 'Example Radio',
    platform: 'android',
    id: 'com.example.radio',
    intuneApp: '00000000-0000-4000-8000-000000000001',
    signers: [SIGNER],
    roles: ['response'],
    approved: DAY(1),
    assessedUntil: DAY(365),
    ...more,
  }
}

export function aRole(more: Partial<RolePolicy> = {}): RolePolicy {
  return {
    role: 'response',
    apps: [{ entry: 'radio', install: 'required' }],
    accessibility: [],
    microphone: 'user_choice',
    groups: ['00000000-0000-4000-8000-0000000000aa'],
    ...more,
  }
}

export function anInstall(more: Partial<Install> = {}): Install {
  return {
    device: 'phone-1',
    platform: 'android',
    id: 'com.example.radio',
    name: 'Example Radio',
    versionName: '2.0',
    versionCode: 20,
    installer: 'store',
    signers: [SIGNER],
    source: 'android_management',
    firstSeen: DAY(10),
    firstSeenSaid: false,
    ...more,
  }
}

/** An import in which every list is whole. */
export function anImport(at: string, installs: readonly Install[], more: Partial<Imported> = {}): Imported {
  return {
    source: 'android_management',
    at,
    installs: installs.map((install) => (install.firstSeenSaid ? install : { ...install, firstSeen: at })),
    counts: [],
    reported: [...new Set(installs.map(({ device }) => device))],
    odd: [],
    rows: installs.length,
    removed: 0,
    elsewhere: 0,
    leftOut: 0,
    ...more,
  }
}

export function someRules(more: Partial<Rules> = {}): Rules {
  return {
    permitted: [aPermitted()],
    policies: [aRole()],
    roles: [{ device: 'phone-1', role: 'response' }],
    aliases: [],
    grades: [],
    ...more,
  }
}
