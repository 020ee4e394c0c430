/** The catalogue of apps: who asks, who decides, and what phones may hold by it (law rows E9 to E12, H17). */
export { changedMeanwhile, RefusedWithReasons } from './app-refused.ts'
export { askDecision } from './ask-decision.ts'
export { type Asks } from './asking.ts'
export { LONGEST_LINE, textFaults } from '../written-words.ts'
export { type AskedApp, askedFaults, askForApp } from './ask-app.ts'
export { isRoleWord } from './role-word.ts'
export { type AppRow } from './change-app.ts'
export { changeEntry, ENTRY_PARTS, type EntryPart } from './change-entry.ts'
export { changeFurther, type FurtherFacts } from './change-further.ts'
export { dayComesToApps } from './day-comes.ts'
export { agreeToAsking, refuseAsking, takeBackAsking } from './decide-asking.ts'
export { type DryRun, dryRunPolicy, exportPolicy, POLICY_FORMS, type PolicyForm } from './export-policy.ts'
export { importTrackers, LARGEST_TRACKER_LIST, type TrackersInUse, trackersInUse } from './import-trackers.ts'
export { inspectApp, LARGEST_PACKAGE } from './inspect-app.ts'
export { peopleHolding, peopleNamed, personOfActor } from './person-of.ts'
export { permittedApps, TRIAL_ROLE } from './permitted-apps.ts'
export { type AppFile, type AppLine, readApp, readApps, readOwnAskedApps } from './read-apps.ts'
export { appsWaiting, type WaitingApp } from './read-waiting-apps.ts'
export {
  changeRolePolicy,
  readRolePolicies,
  readRolePolicy,
  type RolePolicyFile,
  rolePolicyFaults,
} from './role-policy.ts'
export { beginAssessment, screenApp } from './screen-app.ts'
export { suspendApp, withdrawApp } from './suspend-app.ts'
