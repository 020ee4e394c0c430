import type { Table } from '../../../recordings/index.ts'

/** What each register holds, as pages say it. */
export const REGISTER_WORDS: Readonly<Record<Table, { readonly text: string; readonly hint: string }>> = {
  holdings: { text: 'Who held which phone', hint: 'From the asset register or device management, with dates' },
  bills: {
    text: 'Telephone bills of the force',
    hint: 'Itemised: the force’s number, the other number, when the call began',
  },
  operations: { text: 'Operations in which calls could be recorded', hint: 'With the people and dates of each' },
  cases: { text: 'Cases', hint: 'From the case system: officers, parties’ numbers, whether the case is live' },
  holds: { text: 'Holds', hint: 'What must not be destroyed: for an inquest, an appeal, an order of a court' },
  protected: { text: 'Protected numbers', hint: 'Solicitors, members of parliament, helplines, health and others' },
  statements: { text: 'What owners of phones said', hint: 'Answers that were collected outside this service' },
}

/** What each column of a register is, as the page that asks says it. */
export const FIELD_WORDS: Readonly<Record<Table, Readonly<Record<string, string>>>> = {
  holdings: {
    holder: 'Who held it',
    device: 'The force’s own mark of the phone',
    imei: 'IMEI (the number that the maker gave the phone)',
    number: 'Telephone number in it',
    from: 'From when',
    to: 'Until when',
  },
  bills: {
    line: 'The force’s number',
    start: 'When the call began',
    other: 'The other number',
    duration: 'How long it lasted',
    direction: 'Incoming or outgoing',
  },
  operations: { id: 'The operation’s reference', people: 'Its people', from: 'From when', to: 'Until when' },
  cases: {
    occurrence: 'The case’s reference',
    status: 'Whether it is live',
    oic: 'Officer in the case',
    team: 'Others who worked on it',
    parties: 'Parties’ telephone numbers',
    roles: 'What each party is',
    from: 'From when',
    to: 'Until when',
  },
  holds: {
    id: 'The hold’s reference',
    on: 'What kind of thing it is on',
    target: 'Which one',
    lifted: 'When it was lifted',
  },
  protected: { number: 'Telephone number', kind: 'What kind it is' },
  statements: {
    says: 'What was said',
    item: 'Of which recording',
    device: 'Of which phone',
    holder: 'By whom',
    number: 'Of calls with which number',
    from: 'From when',
    to: 'Until when',
  },
}

/** Words of an export that a person may explain: by field and what they mean to us. */
export const MEANINGS: Readonly<
  Partial<Record<Table, readonly { readonly field: string; readonly ours: string; readonly text: string }[]>>
> = {
  cases: [{ field: 'status', ours: 'closed', text: 'Words that mean a case is closed' }],
  bills: [
    { field: 'direction', ours: 'in', text: 'Words that mean incoming' },
    { field: 'direction', ours: 'out', text: 'Words that mean outgoing' },
  ],
}

/** What was wrong with a row, in words: never what stood there. */
export const ROW_PROBLEM_WORDS: Readonly<Record<string, string>> = {
  quote_open: 'a quotation mark is not closed',
  text_after_quote: 'something stands behind a closing quotation mark',
  wrong_number_of_cells: 'it has more or fewer cells than there are headings',
  needed: 'a cell that is needed is empty',
  not_a_number: 'a telephone number cannot be read',
  number_unclear: 'a telephone number is not whole',
  not_a_time: 'a date or time cannot be read',
  ends_before_it_begins: 'it ends before it begins',
  not_a_duration: 'a length of time cannot be read',
  word_not_known: 'a word is not known',
}
