import {
  importTrackers,
  inspectApp,
  LARGEST_PACKAGE,
  LARGEST_TRACKER_LIST,
  readApp,
  trackersInUse,
} from '../../../../actions/index.ts'
import { type NotTaken, outcomeOf, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { GRADE_WORDS, REASON_WORDS } from '../words.ts'

const MIB = 1 << 20
/** What a form needs beside its file. */
const ROOM = 64 << 10

const PACKAGE: readonly Question[] = [
  {
    ask: 'file',
    name: 'package',
    large: true,
    label: 'Choose the package',
    hint: `An .apk, .apks, .xapk, .apkm or .ipa file of at most ${LARGEST_PACKAGE / MIB} MB.`,
  },
]
const LIST: readonly Question[] = [
  {
    ask: 'file',
    name: 'list',
    large: true,
    label: 'Choose the list',
    hint: `As Exodus Privacy publishes it: JSON of at most ${LARGEST_TRACKER_LIST / MIB} MB.`,
  },
]

/** Packages are looked into, and what was found (law rows E10, E11). */
export const packageRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.appPackage, who: 'app.manage', logs: [], handle: (visit) => upload(visit) },
  {
    method: 'POST',
    path: PATHS.appPackage,
    who: 'app.manage',
    logs: ['app.version_seen', 'app.suspended', 'app.package_refused'],
    bodyLimit: LARGEST_PACKAGE + ROOM,
    perMinute: 20,
    handle: async (visit) => {
      const file = visit.files.get('package')
      if (file === undefined) return upload(visit, { errors: [{ field: 'package', text: 'Choose a package' }] })
      const appId = visit.params['app'] ?? ''
      const { came, not } = await outcomeOf(() =>
        inspectApp(visit.service.ops, visit.actor, { appId, bytes: file.bytes }),
      )
      if (not !== undefined) return upload(visit, not)
      return { redirect: pathTo(PATHS.appPackageFound, { app: appId, package: came.id }) }
    },
  },
  { method: 'GET', path: PATHS.appPackageFound, who: 'app.see', logs: [], handle: found },
  { method: 'GET', path: PATHS.appTrackers, who: 'app.manage', logs: [], handle: (visit) => trackers(visit) },
  {
    method: 'POST',
    path: PATHS.appTrackers,
    who: 'app.manage',
    logs: ['app.trackers_imported'],
    bodyLimit: LARGEST_TRACKER_LIST + ROOM,
    perMinute: 20,
    handle: async (visit) => {
      const file = visit.files.get('list')
      if (file === undefined) return trackers(visit, { errors: [{ field: 'list', text: 'Choose a list' }] })
      const not = await taken(() => importTrackers(visit.service.ops, visit.actor, file.bytes))
      return not === undefined ? { redirect: `${PATHS.appTrackers}?done=imported` } : trackers(visit, not)
    },
  },
]

async function upload(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { ops } = visit.service
  const { row } = await readApp(ops, visit.actor, visit.params['app'] ?? '')
  const list = await trackersInUse(ops)
  return questionsPage(
    {
      title: 'Look into a package',
      caption: row.title,
      back: pathTo(PATHS.app, { app: row.id }),
      backText: row.title,
      intro: [
        'The package is read, not run, and it is not kept. This may take half a minute.',
        ...(row.state === 'approved' || row.state === 'trial'
          ? ['If this version may do something that was not assessed, the app is suspended at once.']
          : []),
        ...(list === undefined ? ['There is no list of trackers yet, so nobody looks for any.'] : []),
      ],
      questions: PACKAGE,
      answers: {},
      button: 'Look into it',
    },
    notTaken,
  )
}

async function found({ service, actor, params }: Visit): Promise<Answer> {
  const { row, packages } = await readApp(service.ops, actor, params['app'] ?? '')
  const one = packages.find(({ id }) => id === params['package'])
  const home = pathTo(PATHS.app, { app: row.id })
  if (one?.found == null) return { redirect: home }
  const { found: it } = one
  return {
    page: 'pages/app/package/found.njk',
    view: {
      title: `What ${it.package} could do`,
      caption: row.title,
      back: home,
      backText: row.title,
      it,
      at: one.at,
      sha256: one.sha256,
      grade: GRADE_WORDS[it.call_recorder.grade],
      reasons: it.call_recorder.reasons.map(({ code, detail }) => ({ says: REASON_WORDS[code], detail })),
      permissions: it.permissions.map(({ name, usage }) => ({
        name: name.replace(/^android\.permission\./, ''),
        usage,
      })),
      suspended: row.state === 'suspended',
    },
  }
}

async function trackers(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const list = await trackersInUse(visit.service.ops)
  return questionsPage(
    {
      title: 'List of trackers',
      back: PATHS.apps,
      backText: 'Apps',
      intro: [
        list === undefined
          ? 'None comes with Peel. Without one nobody looks for trackers in packages.'
          : `Packages are held against ${list.trackers.toLocaleString('en-GB')} trackers. Another list takes the place of this one, from the next package on.`,
      ],
      questions: LIST,
      answers: {},
      button: 'Bring it in',
      more: { done: visit.query['done'] === 'imported' && notTaken === undefined ? 'The list is in use.' : undefined },
    },
    notTaken,
  )
}
