/** Whether the database refused a row because of one that is there already, under the constraint named. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  const { code, constraint: named } = error as { code?: unknown; constraint?: unknown }
  // PostgreSQL, Appendix A: unique_violation
  return code === '23505' && named === constraint
}
