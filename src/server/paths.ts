/** The only place where addresses are spelt; `:name` stands for a parameter. */
export const PATHS = {
  home: '/',
  health: '/health',
  ready: '/ready',
  metrics: '/metrics',
  signIn: '/sign-in',
  signInDone: '/sign-in/done',
  signOut: '/sign-out',
  stepUp: '/confirm-it-is-you',
  log: '/log/*',
  // cases, who is in them, devices
  cases: '/cases',
  caseNew: '/cases/new',
  case: '/cases/:case',
  caseMembers: '/cases/:case/members',
  caseMemberRemove: '/cases/:case/members/:person/remove',
  caseClose: '/cases/:case/close',
  deviceNew: '/cases/:case/devices/new',
  deviceNewStep: '/cases/:case/devices/new/:step',
  device: '/devices/:device',
  deviceMove: '/devices/:device/move',
  deviceLend: '/devices/:device/lend',
  deviceLoanReturned: '/devices/:device/loan-returned',
  deviceReturn: '/devices/:device/return',
  deviceRole: '/devices/:device/role',
  // requests
  requestNew: '/cases/:case/requests/new',
  request: '/requests/:request',
  requestPower: '/requests/:request/power',
  requestPurpose: '/requests/:request/purpose',
  requestLines: '/requests/:request/lines-of-enquiry',
  requestLine: '/requests/:request/lines-of-enquiry/:line',
  requestLineRemove: '/requests/:request/lines-of-enquiry/:line/remove',
  requestAlternatives: '/requests/:request/other-ways',
  requestScope: '/requests/:request/scope',
  requestClause: '/requests/:request/scope/:clause/:step',
  requestClauseRemove: '/requests/:request/scope/:clause/remove',
  requestSensitive: '/requests/:request/scope/sensitive',
  requestThirdParties: '/requests/:request/other-people',
  requestNecessity: '/requests/:request/necessity',
  requestProportionality: '/requests/:request/proportionality',
  requestExcess: '/requests/:request/excess-information',
  requestConfidential: '/requests/:request/confidential-information',
  requestCheck: '/requests/:request/check',
  requestNoPhone: '/requests/:request/no-phone-needed',
  requestWithdraw: '/requests/:request/withdraw',
  requestNewVersion: '/requests/:request/new-version',
  // people, and one's own account
  people: '/people',
  account: '/account',
  accountKeyNew: '/account/keys/new',
  accountKeyRemove: '/account/keys/remove',
  // notice, agreement, decision
  noticeChoose: '/requests/:request/notice',
  noticePreview: '/requests/:request/notice/preview',
  noticeServed: '/requests/:request/notice/served',
  noticePaper: '/requests/:request/notice/papers/:paper',
  agreementAnswer: '/requests/:request/agreement',
  agreementStep: '/requests/:request/agreement/steps/:step',
  agreementRefused: '/requests/:request/agreement/refused',
  agreementDone: '/requests/:request/agreement/done',
  agreementPaper: '/requests/:request/agreement/papers/:paper',
  agreementWithdraw: '/requests/:request/agreement/withdraw',
  agreementWithdrawn: '/requests/:request/agreement/withdrawn',
  agreementGuardian: '/requests/:request/agreement/tell-guardian',
  decisions: '/decisions',
  decision: '/requests/:request/decision',
  decisionGrant: '/requests/:request/decision/grant',
  decisionNarrow: '/requests/:request/decision/narrow',
  decisionRefuse: '/requests/:request/decision/refuse',
  decisionReturn: '/requests/:request/decision/return',
  decisionDone: '/requests/:request/decision/done',
  decisionEnd: '/requests/:request/decision/end',
} as const

/** Fills in an address. Throws where a parameter is missing. */
export function pathTo(path: string, parameters: Readonly<Record<string, string | number>> = {}): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new TypeError(`no ${name} for ${path}`)
    return encodeURIComponent(String(value))
  })
}
