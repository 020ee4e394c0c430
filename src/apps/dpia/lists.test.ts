import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDraft } from './a-dpia.fixture.ts'
import { freeRiskId, measureFaults, withMeasure, withoutMeasure, withoutRisk, withRisk } from './lists.ts'

const [RISK] = aDraft().risks
assert(RISK)

test('a risk is put in its own place, a new one behind the others, under an id that none has', () => {
  const draft = aDraft()
  const changed = withRisk(draft, { ...RISK, says: 'It is stolen.' })
  assert.deepEqual(
    changed.risks.map(({ id, says }) => [id, says]),
    [['R1', 'It is stolen.']],
  )
  assert.equal(freeRiskId(draft), 'R2')
  const two = withRisk(draft, { ...RISK, id: 'R2' })
  assert.equal(freeRiskId(withoutRisk(two, 'R1')), 'R3')
  assert.deepEqual(
    withoutRisk(two, 'R1').risks.map(({ id }) => id),
    ['R2'],
  )
})

test('risks name a measure by its new title when that changes, and no more when it is taken out', () => {
  const renamed = withMeasure(aDraft(), 0, { title: 'Sealing', says: 'As before.' })
  assert.deepEqual(renamed.measures, [{ title: 'Sealing', says: 'As before.' }])
  assert.deepEqual(renamed.risks[0]?.measures, ['Sealing'])
  const added = withMeasure(aDraft(), Number.NaN, { title: 'Training', says: 'Everybody learns it.' })
  assert.deepEqual(
    added.measures.map(({ title }) => title),
    ['Encryption', 'Training'],
  )
  assert.deepEqual(withoutMeasure(added, 0).risks[0]?.measures, [])
  assert.deepEqual(
    withoutMeasure(added, 0).measures.map(({ title }) => title),
    ['Training'],
  )
})

test('a measure has a title that no other has, and says what is done', () => {
  const draft = aDraft()
  assert.deepEqual(
    measureFaults(draft, Number.NaN, { title: '', says: '' }).map(({ field }) => field),
    ['title', 'says'],
  )
  assert.deepEqual(
    measureFaults(draft, Number.NaN, { title: 'Encryption', says: 'x' }).map(({ field }) => field),
    ['title'],
  )
  assert.deepEqual(measureFaults(draft, 0, { title: 'Encryption', says: 'x' }), [])
})
