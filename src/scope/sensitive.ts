import { fold, says } from '../records/index.ts'
import type { Warning } from './lint.ts'
import type { Scope } from './scope.ts'

/** What somebody may learn of a person without asking: DPA 2018 s.35(8), and YJCEA 1999 s.41 (law rows G3, G12, G13). */
type Sensitive =
  | 'health'
  | 'sexual life'
  | 'religion or belief'
  | 'politics or a trade union'
  | 'origin'
  | 'legal advice'

// Not every word that could; those that search lists are known to hold. Folded: lower case, no accents.
const WORDS: Readonly<Record<Sensitive, string>> = {
  health:
    'abortion, anxiety, cancer, clinic, counselling, counsellor, depressed, depression, diagnosis, doctor, hiv, hospital, medication, ' +
    'mental health, overdose, period, pill, pregnancy, pregnant, psychiatrist, rehab, self harm, suicidal, suicide, therapist, therapy',
  'sexual life':
    'bisexual, condom, dick, flirt, fuck, gay, hook up, horny, kinky, lesbian, lgbt, naked, nude, nudes, one night stand, porn, queer, sex, ' +
    'sexting, sexual, sexy, shag, slept with, slut, trans, virgin, whore',
  'religion or belief':
    'allah, atheist, bible, catholic, christian, church, hindu, imam, islam, jesus, jewish, mosque, muslim, prayer, priest, quran, rabbi, ' +
    'ramadan, sikh, synagogue, temple',
  'politics or a trade union':
    'conservative party, demo, green party, labour party, picket, protest, reform uk, shop steward, strike, trade union, union rep, unison',
  origin: 'asylum, black, ethnic, gypsy, immigrant, nationality, race, refugee, roma, traveller, visa',
  'legal advice': 'barrister, law firm, lawyer, legal advice, legal aid, solicitor, solicitors',
}

// Parts of names: apps come with any spelling.
const APPS: readonly (readonly [part: string, what: Sensitive])[] = [
  ...of(
    'health',
    'health, fitbit, strava, period, flo, clue, ovia, calm, headspace, therapy, betterhelp, nhs, medic, wellbeing, sleep, cycle, pregnan',
  ),
  ...of('sexual life', 'tinder, grindr, bumble, hinge, feeld, happn, taimi, badoo, okcupid, onlyfans, dating'),
  ...of('religion or belief', 'bible, quran, koran, muslim, prayer, church'),
  ...of('politics or a trade union', 'union, labour, party'),
]

function of(what: Sensitive, parts: string): [string, Sensitive][] {
  return parts.split(', ').map((part) => [part, what])
}

/**
 * Finds words, apps and kinds in a scope that are likely to give away something sensitive about the user or others: nobody may fish for it, and whoever
 * needs it says why (DPA 2018 s.35(8), law rows G3, G12). Never says no: a word may be exactly what the enquiry is about.
 */
export function sensitiveIn(scope: Scope): Warning[] {
  return scope.flatMap((clause) => {
    const warn = (code: string, message: string): Warning => ({ code, clause: clause.id, message })
    const words = clause.containing ? ('any' in clause.containing ? clause.containing.any : clause.containing.all) : []
    return [
      ...words.flatMap((word) => {
        const about = aboutOf(word)
        return about === undefined
          ? []
          : [
              warn(
                'keyword_sensitive',
                `“${word}” may give away something about ${about}${about === 'sexual life' ? ', and a complainant’s sexual history is not to be gone through' : ''}. Is it what the line of enquiry is about?`,
              ),
            ]
      }),
      ...(clause.apps ?? []).flatMap((app) => {
        const name = fold(app)
        const found = APPS.find(([part]) => name.includes(part))
        return found === undefined
          ? []
          : [
              warn(
                'app_sensitive',
                `“${app}” may hold something about ${found[1]}: personal records held in confidence are confidential information (section 43).`,
              ),
            ]
      }),
      ...(clause.records.includes('installed_app') && clause.apps === undefined
        ? [
            warn(
              'kind_sensitive',
              'The names of all installed apps can tell of health, religion or sexual life, whatever the enquiry is about.',
            ),
          ]
        : []),
    ]
  })
}

const KNOWN: readonly (readonly [folded: string, about: Sensitive])[] = Object.entries(WORDS).flatMap(
  ([about, words]) => words.split(', ').map((known) => [fold(known), about as Sensitive] as const),
)

function aboutOf(word: string): Sensitive | undefined {
  const folded = fold(word)
  return KNOWN.find(([known]) => says(folded, known))?.[1]
}
