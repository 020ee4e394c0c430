/**
 * What only the force can say of itself in its record of processing: the Act asks for it, and nothing in the service knows it (DPA 2018 ss.42, 61(2); law
 * rows C10, C22). Whoever has none of something says so in words: what is empty is missing.
 */
export const FORCE_FACTS = [
  {
    id: 'controller',
    title: 'Controller',
    asks: 'Who is the controller, and how are they reached?',
    hint: 'For most forces the chief constable. Name, address, telephone and e-mail.',
    law: 'DPA 2018 s.61(2)(a)',
  },
  {
    id: 'officer',
    title: 'Data protection officer',
    asks: 'Who is the data protection officer, and how are they reached?',
    hint: '',
    law: 'DPA 2018 s.61(2)(c)',
  },
  {
    id: 'joint',
    title: 'Joint controllers',
    asks: 'Who are joint controllers, and how are they reached?',
    hint: 'With the reference of the arrangement. If there are none, say so.',
    law: 'DPA 2018 ss.58, 61(2)(b)',
  },
  {
    id: 'recipients',
    title: 'Recipients outside the service',
    asks: 'Who is given personal data from the service, by category?',
    hint: 'For example prosecutors, the defence, other forces, suppliers who process for the force. If there are none, say so.',
    law: 'DPA 2018 s.61(2)(e)',
  },
  {
    id: 'transfers',
    title: 'Transfers outside the United Kingdom',
    asks: 'What is transferred outside the United Kingdom, to whom, and on which basis?',
    hint: 'The service itself sends nothing anywhere. If there are none, say so.',
    law: 'DPA 2018 s.61(2)(h), (i)',
  },
  {
    id: 'retention',
    title: 'Where the periods of retention come from',
    asks: 'Where do the periods of retention come from?',
    hint: 'The force’s schedule, its version, and who approved it.',
    law: 'DPA 2018 s.61(2)(j)',
  },
  {
    id: 'security',
    title: 'Security measures of the force',
    asks: 'Which security measures does the force take around the service?',
    hint: 'Where it runs, who looks after it, vetting, training, networks. In general: nothing that would help an attacker.',
    law: 'DPA 2018 s.61(2)(k)',
  },
  {
    id: 'policy',
    title: 'Appropriate policy document',
    asks: 'Which appropriate policy document is in place for sensitive processing?',
    hint: 'Its reference, its version, when it was last reviewed, and where the Commissioner may ask for it.',
    law: 'DPA 2018 s.42',
  },
  {
    id: 'kept',
    title: 'Whether that policy on retention is followed',
    asks: 'Is what is sensitive kept and erased as that document says? If not, why not?',
    hint: '',
    law: 'DPA 2018 s.42',
  },
] as const
export type ForceFactId = (typeof FORCE_FACTS)[number]['id']

/** What the force has said; what is absent is missing. */
export type ForceFacts = Readonly<Partial<Record<ForceFactId, string>>>

const LONGEST = 2000

/** The same without blanks around it, and without what was left empty. */
export function trimmedFacts(facts: ForceFacts): ForceFacts {
  const said = FORCE_FACTS.map(({ id }) => [id, (facts[id] ?? '').trim()] as const)
  return Object.fromEntries(said.filter(([, text]) => text !== ''))
}

/** What is wrong with them, by field. Only the controller cannot be left for later: without one the record is nobody's. */
export function forceFactsFaults(facts: ForceFacts): { field: ForceFactId; says: string }[] {
  const said = trimmedFacts(facts)
  return [
    ...(said.controller === undefined
      ? [{ field: 'controller', says: 'Enter who the controller is, and how they are reached' } as const]
      : []),
    ...FORCE_FACTS.flatMap(({ id }) =>
      (said[id]?.length ?? 0) > LONGEST ? [{ field: id, says: 'Use 2,000 characters or fewer' }] : [],
    ),
  ]
}
