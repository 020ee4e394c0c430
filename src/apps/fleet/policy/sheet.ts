import { instantFrom } from '../instant.ts'
import type { PermittedApp } from '../permitted.ts'
import { allowedApps, type Refusal, type RolePolicy } from './role-policy.ts'

/** The same policy for people: a table to bring in elsewhere, and steps for whoever does it by hand. */
export type SheetExport = { readonly csv: string; readonly sheet: string } | { readonly refused: readonly Refusal[] }

const COLUMNS = ['role', 'platform', 'app', 'id', 'install', 'permissions', 'minimum_version', 'assessed_until']

/** One role as a CSV (RFC 4180, lines ending in CRLF) and as a sheet in Markdown. Throws FleetError BAD_TIME. */
export function policySheet(role: RolePolicy, permitted: readonly PermittedApp[], now: string): SheetExport {
  const at = instantFrom(now)
  const { allowed, refused } = allowedApps(role, permitted, at)
  if (refused.length > 0) return { refused }
  const rows = allowed.map(({ app, rule }) => [
    role.role,
    app.platform,
    app.name,
    app.id,
    rule.install,
    permissions(rule.permissions ?? []),
    app.minimum?.versionName ?? app.minimum?.versionCode?.toString() ?? '',
    app.assessedUntil.slice(0, 10),
  ])
  const first = allowed.map(({ app }) => app.assessedUntil).sort()[0]
  return {
    csv: [COLUMNS, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join(''),
    sheet: [
      `# Apps of the role ${words(role.role)}`,
      '',
      first === undefined
        ? 'No app is allowed.'
        : `Stop using this sheet on ${first.slice(0, 10)}: the first assessment of an app in it ends then.`,
      '',
      '1. Set Google Play to the allow list. Remove every app that is not in the table: it will be taken off the phones.',
      '2. Forbid apps from unknown sources, and the developer settings.',
      role.accessibility.length === 0
        ? '3. Allow no accessibility service but the system’s own.'
        : `3. Allow the accessibility services of ${role.accessibility.map((id) => `\`${id}\``).join(', ')}, and no other.`,
      `4. Microphone of the whole phone: ${{ user_choice: 'as its user chooses', disabled: 'off', enforced: 'on' }[role.microphone]}.`,
      '5. Deny the microphone to every app for which the table does not say otherwise.',
      '6. On iPhones the list holds only where they are supervised.',
      '7. Bring in the list of apps again on the next day, and look at what is found.',
      '',
      '| Platform | App | Id | Install | Permissions | At least | Assessed until |',
      '|---|---|---|---|---|---|---|',
      ...rows.map((cells) => `| ${cells.slice(1).map(words).join(' | ')} |`),
      '',
    ].join('\n'),
  }
}

function permissions(rules: readonly { readonly permission: string; readonly grant: string }[]): string {
  return rules.map(({ permission, grant }) => `${permission}: ${grant}`).join('; ')
}

/** What a spreadsheet would take for a formula is made text: names of apps are their makers'. */
function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Text without effect in Markdown. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\|`*_[\]<>#]/g, (mark) => `\\${mark}`)
}
