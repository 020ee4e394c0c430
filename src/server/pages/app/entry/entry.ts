import { changeEntry, ENTRY_PARTS, type EntryPart, readApp } from '../../../../actions/index.ts'
import { field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Answers, answersOf, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { assessmentPart, instructionPart, ownerPart } from './chosen-parts.ts'
import { contextOf, Given, type Part, type PartContext } from './context.ts'
import { PART_TITLES } from './parts.ts'
import {
  appPart,
  dataPart,
  exitPart,
  flowsPart,
  recordingPart,
  reviewPart,
  rolesPart,
  supplierPart,
} from './simple-parts.ts'
import { restrictionPart, securityPart } from './tested-parts.ts'
import { versionPart } from './version-part.ts'

const PARTS: Readonly<Record<EntryPart, Part>> = {
  app: appPart,
  owner: ownerPart,
  roles: rolesPart,
  data: dataPart,
  flows: flowsPart,
  supplier: supplierPart,
  recording: recordingPart,
  restriction: restrictionPart,
  assessment: assessmentPart,
  security: securityPart,
  instruction: instructionPart,
  review: reviewPart,
  exit: exitPart,
  version: versionPart,
}

/** What the catalogue says of an app, one thing a page (law rows E8 to E10). */
export const entryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appPart,
    who: 'app.manage',
    logs: [],
    handle: async (visit) => {
      const opened = await open(visit)
      return opened === undefined ? notThere(visit) : page(opened, opened.part.answers(opened.about))
    },
  },
  {
    method: 'POST',
    path: PATHS.appPart,
    who: 'app.manage',
    logs: ['app.entry_changed', 'app.suspended'],
    handle: async (visit) => {
      const opened = await open(visit)
      if (opened === undefined) return notThere(visit)
      const { name, part, about } = opened
      const answers = answersOf(visit, part.questions(about))
      const read = await part.read(new Given(answers), about)
      if (read.errors !== undefined) return page(opened, answers, { errors: read.errors })
      const { change } = read
      const appId = visit.params['app'] ?? ''
      const seen = Number(field(visit, 'seen'))
      const not = await taken(() => changeEntry(visit.service.ops, visit.actor, { appId, seen, part: name, change }))
      return not === undefined
        ? { redirect: `${pathTo(PATHS.app, { app: appId })}?done=saved` }
        : page(opened, answers, not)
    },
  },
]

interface Opened {
  readonly name: EntryPart
  readonly part: Part
  readonly about: PartContext
}

async function open({ service: { ops }, actor, params }: Visit): Promise<Opened | undefined> {
  const name = ENTRY_PARTS.find((one) => one === params['part'])
  const file = await readApp(ops, actor, params['app'] ?? '')
  return name && { name, part: PARTS[name], about: await contextOf(ops, actor, file) }
}

function notThere({ params }: Visit): Answer {
  return { redirect: pathTo(PATHS.app, { app: params['app'] ?? '' }) }
}

function page({ name, part, about }: Opened, answers: Answers, notTaken?: NotTaken): Answer {
  const { id, app } = about.entry
  const { state, version } = about.file.row
  const isOn = state === 'approved' || state === 'trial'
  return questionsPage(
    {
      title: PART_TITLES[name],
      caption: app,
      back: pathTo(PATHS.app, { app: id }),
      backText: app,
      ...(part.intro && { intro: part.intro }),
      ...(isOn && { warning: 'If you change this, the app is suspended until it is decided on again.' }),
      questions: part.questions(about),
      answers,
      seen: version,
      button: 'Save',
    },
    notTaken,
  )
}
