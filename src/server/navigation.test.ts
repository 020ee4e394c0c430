import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES } from '../access/index.ts'
import type { Actor } from '../actions/index.ts'
import { navigationFor } from './navigation.ts'
import { ROUTES } from './routes.ts'

const person = (...roles: Actor['roles']): Actor => ({ id: 'x', name: 'X', roles, stepUp: false })
const activeFor = (actor: Actor, path: string) =>
  navigationFor(actor, path)
    .filter(({ active }) => active)
    .map(({ text }) => text)

test('a page is marked in the menu of whoever is on it, by what it is part of for them', () => {
  const investigator = person('investigator')
  for (const path of ['/cases', '/cases/1?done=opened', '/devices/1', '/requests/1/scope', '/requests/1/notice'])
    assert.deepEqual(activeFor(investigator, path), ['Cases'], path)
  assert.deepEqual(activeFor(person('reviewer'), '/extractions/1/review/timeline?from=2026-03-01'), ['Cases'])
  assert.deepEqual(activeFor(person('extraction_officer'), '/extractions/1'), ['Extractions'])
  assert.deepEqual(activeFor(person('extraction_officer'), '/requests/1/extraction'), ['Extractions'])
  assert.deepEqual(activeFor(person('authorising_officer'), '/requests/1'), ['Requests to decide'])
  assert.deepEqual(activeFor(person('authorising_officer'), '/requests/1/decision/grant'), ['Requests to decide'])
  assert.deepEqual(activeFor(person('records_reviewer'), '/destructions/1'), ['Retention'])
  assert.deepEqual(activeFor(person('auditor'), '/log-proof/7'), ['Oversight'])
  assert.deepEqual(activeFor(investigator, '/'), ['Waiting for you'])
  assert.deepEqual(activeFor(investigator, '/account'), [])
})

test('no page has two lines, and every page of the flow has one for whoever has the menu for it', () => {
  const everything = ROLES.map(({ id }) => person(id))
  for (const { path } of ROUTES) {
    for (const actor of everything) assert(activeFor(actor, path).length <= 1, path)
    if (/^\/(account|my-phone|my-recordings)/.test(path)) continue
    assert(
      everything.some((actor) => activeFor(actor, path).length === 1),
      `nobody has a line for ${path}`,
    )
  }
})
