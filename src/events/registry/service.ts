import { count, digest, id, maybe, oneOf, text, version, word } from '../field.ts'
import { BY_CHOICE, type Kind } from '../kind.ts'

/** The service itself: its keys, policy, builds, witnesses, backups and log (law rows C24, H18). */
export const SERVICE_EVENTS = {
  'key.created': {
    says: 'A key was made.',
    covers: 'none',
    inCase: 'sometimes',
    under: 'sometimes',
    fields: { for: oneOf('extract', 'person', 'service', 'log'), owner: id, key: digest },
  },
  'key.rotated': {
    says: 'The keyring was sealed anew under the next epoch.',
    ...BY_CHOICE,
    fields: { epoch_before: count, epoch_after: count, keys: count },
  },
  'key.destroyed': {
    says: 'The key of an epoch was destroyed, and every older copy of the keyring with it.',
    covers: 'erasure',
    inCase: 'never',
    under: 'never',
    fields: { epoch: count, keys_dropped: count },
  },
  'policy.changed': {
    says: "The force's policy was changed.",
    ...BY_CHOICE,
    fields: {
      policy: oneOf('schedule', 'access', 'ranks', 'settings'),
      before: maybe(digest),
      after: digest,
      reason: text,
    },
  },
  'build.released': {
    says: 'The service runs another build.',
    ...BY_CHOICE,
    fields: { version, commit: version, build: maybe(digest) },
  },
  'witness.changed': {
    says: 'The witnesses of the log were changed.',
    ...BY_CHOICE,
    fields: { change: oneOf('added', 'removed', 'quorum'), policy: digest, witness: maybe(word) },
  },
  'backup.made': {
    says: 'A backup was made.',
    ...BY_CHOICE,
    fields: { backup: id, digest, epoch: count, entries: count },
  },
  'backup.restored': {
    says: 'A backup was restored.',
    ...BY_CHOICE,
    fields: { backup: id, digest, epoch: count, entries: count },
  },
  'log.started': {
    says: 'The log began.',
    ...BY_CHOICE,
    fields: { log_key: digest },
  },
  'log.restored': {
    says: 'The log goes on from an older one, which could not be continued.',
    ...BY_CHOICE,
    fields: {
      checkpoint_restored: digest,
      entries_restored: count,
      checkpoint_witnessed: digest,
      entries_witnessed: count,
    },
  },
} as const satisfies Readonly<Record<string, Kind>>
