/** Whether a text can be the name of a role of the force. */
export function isRoleWord(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} -]{0,59}$/u.test(text)
}
