import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request/request-walk.fixture.ts'

test('E11: what the force promises is said as it stands: ahead, lasting, over', async (t) => {
  const service = await testService(t)
  service.setNow(new Date('2026-11-20T10:00:00Z'))
  const owner = await service.as('app410')
  assert.deepEqual(errorsOf(await owner.post('/app-reports/amnesty', {})), [
    'Enter its first day',
    'Enter its last day',
  ])
  const promise = {
    'from-day': '1',
    'from-month': '12',
    'from-year': '2026',
    'until-day': '31',
    'until-month': '12',
    'until-year': '2026',
  }
  assert.equal((await owner.post('/app-reports/amnesty', promise)).statusCode, 303)
  const said = async (now: string) => {
    service.setNow(new Date(now))
    const who = await service.as('app410')
    return { list: textOf(await who.get('/app-reports')), form: textOf(await who.get('/report-an-app')) }
  }
  const ahead = await said('2026-11-20T10:00:00Z')
  assert.match(ahead.list, /promise begins on 1 December 2026 and lasts until 31 December 2026/)
  assert.match(ahead.form, /makes no promise/)
  assert.doesNotMatch(ahead.list, /Success/)
  const lasting = await said('2026-12-31T23:00:00Z')
  assert.match(lasting.list, /promise lasts until 31 December 2026/)
  assert.match(lasting.form, /Until 31 December 2026 the force promises/)
  const over = await said('2027-01-02T10:00:00Z')
  assert.match(over.list, /The last promise was from 1 December 2026 to 31 December 2026/)
  assert.match(over.form, /makes no promise/)
})
