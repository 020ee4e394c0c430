import { PIA_QUESTIONS } from './held.ts'

/** A file of the shape that the CNIL's PIA tool exports, with every question answered, and with members that nobody here knows. */
export function aPia(): Record<string, unknown> {
  const answers = PIA_QUESTIONS.map((question, at) => {
    const [risk, last] = [question > 300, question % 10]
    const list = risk && last <= 4 ? (last === 4 ? ['Locks', 'Training &amp; drill'] : [`Line of ${question}`]) : []
    const gauge = risk && last >= 5 ? 1 + (at % 4) : 0
    const text =
      risk && last <= 4 ? null : `<p>About ${question}:<br />\n<ul>\n<li>one &amp; two</li>\n<li>three</li></ul></p>`
    return { pia_id: 7, id: 100 + at, reference_to: at % 2 ? question : String(question), data: { text, gauge, list } }
  })
  return {
    pia: {
      id: 7,
      status: 3,
      name: 'Scene Notes',
      author_name: 'Kim Lowe',
      dpo_status: 1,
      dpo_opinion: '<p>It may begin.</p>',
      dpos_names: 'Robin Hale',
      concerned_people_searched_opinion: true,
      concerned_people_opinion: 'They were asked by letter.',
      concerned_people_searched_content: '',
      structure_data: null,
      something_new: { deep: [1, 2, { three: null }] },
    },
    answers,
    measures: [
      { title: 'Locks', content: 'Rooms are <b>locked</b>.', placeholder: 'k.x', id: 1, pia_id: 7 },
      { title: 'Training &amp; drill', content: 'Twice a year.', id: 2, pia_id: 7 },
      { title: '', content: 'Not named.', id: 3, pia_id: 7 },
    ],
    evaluations: [{ status: 3, reference_to: '2.1.211', gauges: { x: 0, y: 0 }, evaluation_comment: 'Good.' }],
    comments: [{ description: 'See the plan.', reference_to: 212, for_measure: false }],
    attachments: [],
  }
}
