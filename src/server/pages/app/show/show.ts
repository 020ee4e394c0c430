import { couldEver } from '../../../../access/index.ts'
import { type AppFile, readApp } from '../../../../actions/index.ts'
import { againstLettingOn, type AppRecord, missingFromEntry } from '../../../../apps/index.ts'
import { dayOf } from '../../../../retention/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { PART_OF_FIELD } from '../entry/parts.ts'
import {
  ASKING_WORDS,
  codeSays,
  GRADE_WORDS,
  MISSING_WORDS,
  OUTCOME_WORDS,
  reasonSays,
  STATE_SAYS,
  STATE_WORDS,
  STEP_WORDS,
} from '../words.ts'
import { entryRows } from './entry-rows.ts'
import { nextSteps } from './next-steps.ts'

const DONE: Readonly<Record<string, string>> = {
  saved: 'Saved.',
  asked: 'It is asked for. Somebody else decides.',
  decided: 'Your decision is on record.',
}

/** The file of one app: where it stands, what is missing, what is next for whoever looks, and what happened (law rows E9 to E12). */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.app,
    who: 'app.see',
    logs: [],
    handle: async ({ service: { ops }, actor, params, query, now }) => {
      const file = await readApp(ops, actor, params['app'] ?? '')
      const { row, facts } = file
      const { record } = row
      const app = row.id
      const on = dayOf(now)
      const against = againstLettingOn(record.entry, record.seen, facts, on).filter(
        ({ code }) => code !== 'entry_incomplete',
      )
      const isOpen = !['withdrawn', 'removed', 'refused'].includes(row.state)
      const manages = couldEver(actor, 'app.manage')
      return {
        page: 'pages/app/show/show.njk',
        view: {
          title: row.title,
          back: PATHS.apps,
          backText: 'Apps',
          done: DONE[query['done'] ?? ''],
          publisher: record.entry.publisher,
          tag: STATE_WORDS[row.state],
          says: suspensionSays(record) ?? STATE_SAYS[row.state],
          why: row.why,
          trial: row.state === 'trial' ? record.trial : undefined,
          codes:
            row.state === 'suspended' && against.length === 0 ? (record.suspension?.codes ?? []).map(codeSays) : [],
          isOpen,
          missing: missingFromEntry(record.entry).map(({ field, says }) => ({
            says: MISSING_WORDS[field] ?? says,
            href: manages ? pathTo(PATHS.appPart, { app, part: PART_OF_FIELD[field] ?? 'app' }) : undefined,
          })),
          against: against.map((one) => reasonSays(one)),
          asking: file.asking && {
            ...ASKING_WORDS[file.asking.act],
            by: file.asking.askedByName,
            at: file.asking.asked_at,
            href: pathTo(PATHS.appDecide, { app }),
            decides: couldEver(actor, 'app.decide') && file.asking.asked_by !== actor.id,
            takeBack: manages ? pathTo(PATHS.appTakeBack, { app }) : undefined,
          },
          next: nextSteps(file, actor),
          rows: entryRows(file, actor, isOpen),
          asked: {
            by: file.requestedBy,
            at: row.requested_at,
            because: row.asked_because,
            phones: row.asked_phones,
          },
          packages: packageRows(file, app),
          management: manages ? managementRows(file, app) : [],
          history: historyOf(file),
          decided: file.decided.map((one) => ({
            ...one,
            words: ASKING_WORDS[one.act].asked,
            outcome: one.outcome === null ? '' : OUTCOME_WORDS[one.outcome],
          })),
        },
      }
    },
  },
]

function suspensionSays({ state, suspension }: AppRecord): string | undefined {
  if (state !== 'suspended' || suspension === undefined) return undefined
  return suspension.reach === 'all'
    ? 'It must come off every phone until it is decided on again. Peel does not take it off: device management does, with policies that no longer name it.'
    : 'Whoever has it keeps it while it is looked at again. Nobody else gets it.'
}

function packageRows({ packages }: AppFile, app: string) {
  return packages.map(({ id, found, refused, at, byName }) => ({
    at,
    byName,
    text:
      found === null
        ? 'Refused'
        : `${found.package}, version ${found.version_name ?? found.version_code ?? 'not said'}`,
    refused,
    grade: found === null ? undefined : GRADE_WORDS[found.call_recorder.grade],
    href: pathTo(PATHS.appPackageFound, { app, package: id }),
  }))
}

function managementRows({ row }: AppFile, app: string) {
  return (['android', 'ios'] as const).map((platform) => ({
    text: platform === 'ios' ? 'iPhone' : 'Android',
    known: Object.keys((row.further[platform] ?? {}) as object).length > 0,
    href: pathTo(PATHS.appFurther, { app, platform }),
  }))
}

function historyOf({ row, names }: AppFile) {
  return row.record.steps
    .map(({ act, on, by, to, codes = [] }) => ({
      on,
      says: STEP_WORDS[act] ?? act,
      by: by === undefined ? undefined : (names.get(by) ?? by),
      to: STATE_WORDS[to],
      codes: codes.map(codeSays),
    }))
    .reverse()
}
