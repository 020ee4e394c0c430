import { couldEver } from '../../../../access/index.ts'
import { decideName, readNames } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Names that management systems know, and which apps they are: a person says so, because any app may take any name. */
export const namesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetNames,
    who: 'fleet.see',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.fleetName,
    who: 'fleet.import',
    formOn: PATHS.fleetNames,
    logs: ['fleet.alias_decided'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const id = params['name'] ?? ''
      const says = field(visit, 'confirmed')
      const not = await taken(
        () => decideName(service.ops, actor, id, says === 'yes' ? true : says === 'no' ? false : undefined),
        () => `confirmed-${id}`,
      )
      return not === undefined ? { redirect: PATHS.fleetNames } : page(visit, not.errors)
    },
  },
]

async function page({ service: { ops }, actor }: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const names = (await readNames(ops)).map((one) => ({
    ...one,
    phone: one.platform === 'ios' ? 'iPhone' : 'Android',
    form: pathTo(PATHS.fleetName, { name: one.id }),
  }))
  return {
    page: 'pages/fleet/names/names.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Names of apps',
      back: PATHS.fleet,
      backText: 'Phones',
      may: couldEver(actor, 'fleet.import'),
      waiting: names.filter(({ decided }) => decided === undefined),
      decided: names.filter(({ decided }) => decided !== undefined),
      ...errorsView(errors),
    },
  }
}
