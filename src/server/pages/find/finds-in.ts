import { type Actor, findsIn, type Ops } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'

/** What came to light in an extract, as other pages point to it: never what it is. */
export async function findLinks(
  ops: Ops,
  actor: Actor,
  extraction: string,
): Promise<{ foundAt: Date; waits: boolean; href: string }[]> {
  return (await findsIn(ops, actor, extraction)).map(({ id, foundAt, waits }) => ({
    foundAt,
    waits,
    href: pathTo(PATHS.find, { extraction, find: id }),
  }))
}
