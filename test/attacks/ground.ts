import { after, before, type TestContext } from 'node:test'
import type { Route } from '../../src/server/route.ts'
import { STORY_TIME, type StorySubjects, storyService } from '../../src/server/story-service.fixture.ts'
import type { TestService, testService } from '../../src/server/test-service.fixture.ts'

/** A service with its story inside, for all tests of one file. What stands in it is there when the first of them begins. */
export interface Ground {
  service: TestService
  subjects: StorySubjects
}

export function ground(options: Parameters<typeof testService>[1] = {}): Ground {
  const made = {} as Ground
  const closing: (() => unknown)[] = []
  before(async () => {
    const whole = { after: (end: () => unknown) => closing.push(end) } as unknown as TestContext
    Object.assign(made, await storyService(whole, options))
    made.service.setNow(STORY_TIME)
  })
  after(async () => {
    for (const end of closing.reverse()) await end()
  })
  return made
}

/** A route's address, with what the story has for its parameters and `other` for the rest. */
export function addressOf({ path }: Pick<Route, 'path'>, subjects: StorySubjects, other = 'x'): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const known = Object.hasOwn(subjects, name) ? subjects[name as keyof StorySubjects] : undefined
    return typeof known === 'string' ? known : other
  })
}

/** Lets somebody into the story's case, as if its officer had. */
export async function letIn({ service, subjects }: Ground, ...people: readonly string[]): Promise<void> {
  await service.ops.store.db
    .insertInto('case_members')
    .values(
      people.map((person_id) => ({
        case_id: subjects.case,
        person_id,
        capacity: 'investigator',
        added_at: STORY_TIME,
        added_by: person_id,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

let places = 0

/** Another address each time: limits by address are a question of their own. */
export function somewhere(): string {
  places++
  return `127.${(places >> 16) & 255}.${(places >> 8) & 255}.${places & 255}`
}
