import type { Random } from '../random.ts'

/**
 * What people say when nothing happens: short exchanges with gaps to fill, in the languages of the cast. `a` speaks first.
 * Large phones are made of these, around the core story.
 */
export interface Exchange {
  readonly lines: readonly string[]
}

const say = (...lines: string[]): Exchange => ({ lines })

const ENGLISH: readonly Exchange[] = [
  say('Are you about {day}?', 'Should be, after {hour}', 'Perfect, {spot} then?', 'See you there {smile}'),
  say('Did you see the {thing} at {spot}', 'No! What happened', 'It has been {verbed} again', 'Honestly this town'),
  say('Running {few} minutes late', 'No rush, I am getting {food}', 'Get me one too?', 'Already have {smile}'),
  say(
    'What was the name of that {thing} place',
    'Which one',
    'The one near {spot} with the {colour} door',
    'Oh, {name} would know. I’ll ask',
  ),
  say('{food} tonight?', 'Yes please', 'I’ll do the {food2} if you bring {drink}', 'Deal'),
  say('Can you pick up {food} on the way home', 'On it', 'And {drink} if they have it'),
  say('Weather looks {weather} for {day}', 'Typical', 'We could do {spot} instead', 'Good shout, {hour}?'),
  say(
    'Happy birthday {name}!! {party}',
    'Thank you!! {party}',
    'Doing anything nice?',
    '{food} and an early night {smile}',
  ),
  say(
    'Have you still got my {colour} {thing}',
    'Yes sorry, it is in the hall',
    'No hurry. {day}?',
    'I’ll drop it round about {hour}',
  ),
  say('The {hour} train is cancelled', 'Again?', 'There is a bus from {spot}', 'I’ll walk, it is {weather} anyway'),
  say('How did it go?', 'Better than I thought, they asked about the {thing}', 'Told you', 'You did {smile}'),
  say('Is the {thing} fixed yet', 'Man came {day}, said it needs a part', 'How long', '{few} days he reckons'),
  say(
    'Just seen {name} outside {spot}',
    'What is {name} doing there at {hour}',
    'Carrying a {thing}, no idea',
    'Brilliant',
  ),
  say('Which {colour}? The first or second', 'Second, easily', 'That is what {name} said as well'),
  say('Any chance of a lift {day}', 'What time', '{hour} from {spot}?', 'Can do {smile}'),
  say('I made {food}', 'On purpose?', 'Rude. It is really good', 'Save me some'),
  say('You home?', 'Nearly, at {spot}', 'Door is on the latch'),
  say('Night night x', 'Night x'),
  say('ok', '{smile}'),
  say('thank you for {day}, it was just what I needed', 'Any time. Same again with {drink}?'),
]

const POLISH: readonly Exchange[] = [
  say('Jesteś już w pracy?', 'Tak, od {hour}', 'Weź proszę {food_pl}', 'Jasne'),
  say('Co robisz {day_pl}?', 'Jeszcze nie wiem, a ty?', 'Może kino?', 'Chętnie {smile}'),
  say('Autobus znowu spóźniony', 'Klasyka', 'Będę za {few} minut'),
  say('Dobranoc kochana', 'Dobranoc {smile}'),
]
const URDU: readonly Exchange[] = [
  say('آج کتنے بجے آنا ہے؟', '{hour} بجے', 'ٹھیک ہے، ملتے ہیں'),
  say('چائے پیو گی؟', 'ہاں ضرور {smile}', 'ابھی لاتا ہوں'),
  say('کل چھٹی ہے کیا؟', 'نہیں، کل کھلا ہے', 'اچھا شکریہ'),
]
const CHINESE: readonly Exchange[] = [
  say('你到了吗？', '还有{few}分钟', '好的，我等你'),
  say('今天吃什么？', '面条怎么样', '好啊{smile}'),
  say('明天几点开门', '{hour}', '收到'),
]
const PUNJABI: readonly Exchange[] = [
  say('ਕੀ ਹਾਲ ਹੈ?', 'ਵਧੀਆ! ਤੂੰ ਦੱਸ', 'ਸਭ ਠੀਕ {smile}'),
  say('ਅੱਜ ਸ਼ਾਮ ਮਿਲੀਏ?', 'ਹਾਂ, {hour} ਵਜੇ', 'ਪੱਕਾ'),
]
const WELSH: readonly Exchange[] = [
  say('Bore da cariad, sut wyt ti?', 'Bore da Nain! Iawn diolch', 'Cofia dy gôt, mae’n oer'),
  say('Nos da', 'Nos da, caru ti {smile}'),
  say('Wyt ti’n dod dydd Sul?', 'Ydw, tua {hour}', 'Hyfryd'),
]
const BANK: readonly Exchange[] = [
  say('HALLOWICK BS: £{pounds} spent at {shop} on card ending 0419.'),
  say('HALLOWICK BS: your balance is £{pounds}. Reply BAL any time.'),
  say('HALLOWICK BS: passcode {code}. Never share it, not even with us.'),
]
const PARCEL: readonly Exchange[] = [
  say('SwiftParcel: SP{code} arrives {day} between {hour} and later.'),
  say('SwiftParcel: SP{code} delivered to your safe place.'),
]
const CLINIC: readonly Exchange[] = [
  say('Millbrook Surgery: reminder, flu clinic {day} from {hour}. Reply STOP to opt out.'),
  say('Millbrook Surgery: lines are busy today, please use the web form for repeat requests.'),
]

const BY_PERSON: Record<string, readonly Exchange[]> = {
  kasia: [...POLISH, ...ENGLISH.slice(0, 6)],
  bilal: [...URDU, ...ENGLISH.slice(4, 8)],
  mei: [...CHINESE, ...ENGLISH.slice(6, 10)],
  simran: [...PUNJABI, ...ENGLISH],
  nain: WELSH,
  bank: BANK,
  parcel: PARCEL,
  clinic: CLINIC,
}

/** The exchanges that fit a conversation with this person. */
export function exchangesWith(person: string): readonly Exchange[] {
  return BY_PERSON[person] ?? ENGLISH
}

/** Whether messages of this sender are never answered. */
export function isOneWay(person: string): boolean {
  return person === 'bank' || person === 'parcel' || person === 'clinic'
}

const FILL: Record<string, readonly string[]> = {
  day: [
    'Monday',
    'Tuesday',
    'Wednesday',
    'Thursday',
    'Friday',
    'Saturday',
    'Sunday',
    'tomorrow',
    'tonight',
    'next week',
  ],
  day_pl: ['w piątek', 'w sobotę', 'jutro', 'w niedzielę', 'dzisiaj'],
  hour: ['6:30', '7:15', '8', '9:45', '10', '11:20', '12', '1:30', '3', '4:40', '5:15', '7'],
  spot: [
    'Market Square',
    'the Kettle',
    'Abbey Park',
    'the station',
    'the Fox & Compass',
    'Eastgate',
    'the towpath',
    'Larch Road',
    'the library',
    'the bakery',
  ],
  thing: [
    'bench',
    'bike',
    'coat',
    'boiler',
    'clock',
    'ladder',
    'lamp',
    'fence',
    'kettle',
    'umbrella',
    'window',
    'piano',
    'bookcase',
    'tent',
  ],
  verbed: ['painted', 'moved', 'broken', 'closed', 'knocked over', 'mended', 'covered in glitter'],
  few: ['2', '3', '5', '10', '15', '20'],
  food: [
    'toast',
    'curry',
    'soup',
    'pasta',
    'chips',
    'pierogi',
    'dumplings',
    'flapjack',
    'shepherd’s pie',
    'crumpets',
    'fajitas',
    'a bacon roll',
  ],
  food2: ['salad', 'rice', 'custard', 'roasties', 'naan', 'gravy'],
  food_pl: ['mleko', 'chleb', 'bułki', 'jajka'],
  drink: ['wine', 'squash', 'ginger beer', 'oat milk', 'tea bags', 'cider', 'lemonade'],
  colour: ['red', 'green', 'navy', 'yellow', 'grey', 'purple', 'orange'],
  weather: ['wet', 'glorious', 'grim', 'foggy', 'bright', 'windy', 'mild'],
  name: ['Joe', 'Amelia', 'Priti', 'Gwen', 'Marek', 'Sally', 'Dev', 'Ollie', 'Zara', 'Uncle Pete'],
  smile: ['😊', '😂', '👍', '❤️', '🙈', '😅', '🙌', 'x', ''],
  party: ['🎉', '🎂🎈', '🥳'],
  shop: ['Eastgate Foods', 'Hallowick Books', 'Larch Road Garage', 'Bevan & Sons', 'the Market Pantry'],
}

/** Writes one line: each `{gap}` gets something that fits, chosen by `random`. Never empty. */
export function fill(line: string, random: Random): string {
  if (!line.includes('{')) return line
  const filled = line
    .replace(/\{(\w+)\}/g, (_, gap: string) => {
      if (gap === 'pounds') return `${1 + random.below(240)}.${String(random.below(100)).padStart(2, '0')}`
      if (gap === 'code') return String(4_000_000 + random.below(999_999))
      return random.pick(FILL[gap] ?? [''])
    })
    .trim()
  return filled === '' ? '👍' : filled
}
