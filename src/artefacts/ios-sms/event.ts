/** The provider of link previews: such a message is a text with a link, and its preview is never read. */
const LINKS = 'com.apple.messages.URLBalloonProvider'

interface EventRow {
  readonly item_type?: unknown
  readonly group_action_type?: unknown
  readonly share_status?: unknown
  readonly balloon_bundle_id?: unknown
}

/**
 * What stands instead of text, in one word: something that happened to a conversation (`item_type`), or the message app that
 * drew the bubble, by its bundle identifier. Undefined for ordinary messages.
 */
export function eventOf(row: EventRow): string | undefined {
  if (isSet(row.item_type) || isSet(row.group_action_type)) return groupEvent(row)
  const app = row.balloon_bundle_id
  if (typeof app !== 'string' || app === '' || app === LINKS) return undefined
  // com.apple.messages.MSMessageExtensionBalloonPlugin:TEAM:bundle.identifier
  return app.slice(app.lastIndexOf(':') + 1)
}

function groupEvent({ item_type, group_action_type, share_status }: EventRow): string {
  switch (item_type) {
    case 1:
      return group_action_type === 1 ? 'participant_removed' : 'participant_added'
    case 2:
      return 'group_renamed'
    case 3:
      if (group_action_type === 1) return 'group_photo_changed'
      return group_action_type === 2 ? 'group_photo_removed' : 'participant_left'
    case 4:
      return share_status === 1 ? 'location_sharing_stopped' : 'location_sharing_started'
    case 5:
      return 'audio_message_kept'
    case 6:
      return 'shareplay'
    default:
      return `item_type ${String(item_type ?? 0)}`
  }
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && value !== 0
}
