import { couldEver } from '../../../../access/index.ts'
import {
  checkPlace,
  namePlace,
  type Place,
  PLACE_FINDINGS,
  PLACE_KINDS,
  placeFaults,
  readPlaces,
} from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { FINDING_WORDS, PLACE_KIND_WORDS } from './words.ts'

/** Where copies of recordings are or may be, and what was found there (law row E14): a deletion is one only where no copy is left. */
export const placesRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archivePlaces, who: 'archive.see', logs: [], handle: list },
  {
    method: 'GET',
    path: PATHS.archivePlaceNew,
    who: 'archive.note',
    logs: [],
    handle: (visit) => form(visit, undefined, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.archivePlaceNew,
    who: 'archive.note',
    logs: ['archive.place_checked'],
    handle: (visit) => say(visit),
  },
  {
    method: 'GET',
    path: PATHS.archivePlace,
    who: 'archive.note',
    logs: [],
    handle: async (visit) => {
      const place = await placeOf(visit)
      return place === undefined ? backToList(visit) : form(visit, place, {}, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.archivePlace,
    who: 'archive.note',
    logs: ['archive.place_checked'],
    handle: async (visit) => {
      const place = await placeOf(visit)
      return place === undefined ? backToList(visit, '?done=changed') : say(visit, place)
    },
  },
]

async function list(visit: Visit): Promise<Answer> {
  const archive = archiveOf(visit)
  const { title, places } = await readPlaces(visit.service.ops, visit.actor, archive)
  const notes = couldEver(visit.actor, 'archive.note')
  return {
    page: 'pages/archive/places/places.njk',
    view: {
      title: 'Places where copies were, or may be',
      archive: title,
      back: pathTo(PATHS.archive, { archive }),
      backText: title,
      ...(visit.query['done'] === 'changed' && {
        notDone: 'Nothing was saved. Somebody has said more of this place since you opened it: read that first.',
      }),
      add: notes ? pathTo(PATHS.archivePlaceNew, { archive }) : undefined,
      places: places.map((place) => ({
        ...place,
        as: PLACE_KIND_WORDS[place.kind],
        tag: FINDING_WORDS[place.now.found],
        before: place.before.map((one) => ({ ...one, tag: FINDING_WORDS[one.found] })),
        // What is in the collected folder is counted, not said.
        href:
          notes && place.kind !== 'collected_folder'
            ? pathTo(PATHS.archivePlace, { archive, place: place.now.id })
            : undefined,
        countHref:
          place.kind === 'collected_folder' && couldEver(visit.actor, 'archive.manage')
            ? pathTo(PATHS.archive, { archive })
            : undefined,
      })),
    },
  }
}

async function say(visit: Visit, place?: Place): Promise<Answer> {
  const { ops } = visit.service
  const archive = archiveOf(visit)
  const kind = place?.kind ?? PLACE_KINDS.find((one) => one === field(visit, 'kind'))
  const title = place?.title ?? field(visit, 'title')
  const found = PLACE_FINDINGS.find((one) => one === field(visit, 'found'))
  const evidence = field(visit, 'evidence')
  const errors: FieldError[] = [
    ...(kind === undefined ? [{ field: 'kind', text: 'Select what kind of place it is' }] : []),
    ...errorsFrom(placeFaults({ title, found: found ?? 'not_checked', evidence })),
    ...(found === undefined ? [{ field: 'found', text: 'Select what was found there' }] : []),
  ]
  const values = { kind, title, found, evidence }
  if (kind === undefined || found === undefined || errors.length > 0) return form(visit, place, values, errors)
  const not = await taken(async () => {
    if (place !== undefined) await checkPlace(ops, visit.actor, archive, place.now.id, { found, evidence })
    else if (kind !== 'collected_folder') await namePlace(ops, visit.actor, archive, { kind, title, found, evidence })
  })
  return not === undefined ? backToList(visit) : form(visit, place, values, not.errors)
}

async function form(
  visit: Visit,
  place: Place | undefined,
  values: { kind?: string; title?: string; found?: string; evidence?: string },
  errors: readonly FieldError[],
): Promise<Answer> {
  const archive = archiveOf(visit)
  // Whether there is such an archive is asked of a new place too: a page of none would be of somebody's own making.
  if (place === undefined) await readPlaces(visit.service.ops, visit.actor, archive)
  return {
    page: 'pages/archive/places/place.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: place === undefined ? 'Add a place' : 'Say what is found there now',
      back: pathTo(PATHS.archivePlaces, { archive }),
      backText: 'Places where copies were, or may be',
      place,
      kinds: PLACE_KINDS.map((value) => ({
        value,
        text: PLACE_KIND_WORDS[value],
        checked: values.kind === value,
      })),
      findings: PLACE_FINDINGS.map((value) => ({
        value,
        text: FINDING_WORDS[value].text,
        checked: values.found === value,
      })),
      values,
      ...errorsView(errors),
    },
  }
}

/** The place of the address, as it stands now; undefined where somebody has said more of it meanwhile. */
async function placeOf(visit: Visit): Promise<Place | undefined> {
  const { places } = await readPlaces(visit.service.ops, visit.actor, archiveOf(visit))
  return places.find(({ kind, now }) => kind !== 'collected_folder' && now.id === visit.params['place'])
}

function backToList(visit: Visit, done = ''): Answer {
  return { redirect: `${pathTo(PATHS.archivePlaces, { archive: archiveOf(visit) })}${done}` }
}
