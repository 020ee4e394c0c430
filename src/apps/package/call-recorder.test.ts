import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Graded, gradeCallRecorder, KNOWN_RECORDERS } from './call-recorder.ts'

const app = (name: string, permissions: readonly string[], more: Partial<Graded> = {}): Graded => ({
  package: name,
  permissions: permissions.map((one) => ({ name: `android.permission.${one}` })),
  components: [],
  signers: [{ sha256: 'aa' }],
  queries: { packages: [], actions: [], authorities: [] },
  ...more,
})
const codes = (...given: Parameters<typeof gradeCallRecorder>) =>
  gradeCallRecorder(...given).reasons.map(({ code }) => code)

test('a recorder in two packages is found by its signer: neither alone is more than its grade', () => {
  const recorder = app('org.example.recorder', ['RECORD_AUDIO'])
  const service = {
    kind: 'service',
    name: 'x.S',
    permission: 'android.permission.BIND_ACCESSIBILITY_SERVICE',
    actions: [],
  } as const
  const helper = app('org.example.helper', [], { components: [service] })
  assert.equal(gradeCallRecorder(recorder, [helper]).grade, 'C')
  assert.deepEqual(codes(recorder, [helper]), ['microphone', 'pair_by_signer'])
  assert.equal(gradeCallRecorder(helper, [recorder]).grade, 'none')
  assert.deepEqual(codes(helper, [recorder]), ['pair_by_signer'])
  assert.deepEqual(codes(recorder, [{ ...helper, signers: [{ sha256: 'bb' }] }]), ['microphone'])
  assert.deepEqual(codes(recorder, [app('org.example.game', [])]), ['microphone'])
  assert.deepEqual(codes(recorder, [recorder]), ['microphone'])
})

test('names of known recorders are reasons, and change no grade', () => {
  for (const name of KNOWN_RECORDERS) {
    assert.deepEqual(gradeCallRecorder(app(name, [])), {
      grade: 'none',
      reasons: [{ code: 'known_recorder', detail: name }],
    })
    const asking = app('org.example.app', [], { queries: { packages: [name, name], actions: [], authorities: [] } })
    assert.deepEqual(codes(asking), ['queries_known_recorder'])
  }
  assert.deepEqual(codes(app('org.example.app', ['RECORD_AUDIO']), [app('com.nll.helper', [])]), [
    'microphone',
    'pair_by_signer',
  ])
})

test('a service that only says that it is for accessibility counts; an activity does not, nor a guard without the microphone', () => {
  const says = { name: 'x', actions: ['android.accessibilityservice.AccessibilityService'] }
  const guarded = { name: 'x', permission: 'android.permission.BIND_INCALL_SERVICE', actions: [] }
  const grade = (permissions: readonly string[], component: Graded['components'][number]) =>
    gradeCallRecorder(app('a.b', permissions, { components: [component] })).grade
  assert.equal(grade(['RECORD_AUDIO'], { ...says, kind: 'service' }), 'B')
  assert.equal(grade(['RECORD_AUDIO'], { ...says, kind: 'activity' }), 'C')
  assert.equal(grade([], { ...guarded, kind: 'service' }), 'none')
  assert.equal(grade(['RECORD_AUDIO'], { ...guarded, kind: 'receiver' }), 'C')
})

test('an iPhone app that asks for the microphone has it', () => {
  const asks = app('org.example.app', [], { permissions: [{ name: 'NSMicrophoneUsageDescription' }] })
  assert.deepEqual(gradeCallRecorder(asks).grade, 'C')
})
