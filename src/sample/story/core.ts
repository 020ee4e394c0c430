import { NEVER } from './never-words.ts'
import type { PlaceName } from './places.ts'
import type { ReactionType } from './types.ts'

/**
 * The story itself, line by line. `<` came in, `<1` from the second member, `>` went out; times are UTC, spring 2026.
 * ESSENTIAL stands on every phone and holds every trap; MORE fills it out from about two hundred messages on.
 */
export type Line = readonly [conversation: string, time: string, who: string, body: string | null, extra?: Extra]

export interface Extra {
  /** a name for later lines to point at */
  readonly as?: string
  readonly attributedOnly?: true
  readonly seconds?: true
  readonly noDate?: true
  readonly subject?: string
  readonly service?: 'SMS' | 'MMS' | 'iMessage'
  /** earlier texts with the minutes after sending at which the next text replaced them */
  readonly edits?: readonly (readonly [minutes: number, body: string])[]
  /** minutes after sending at which it was taken back */
  readonly unsent?: number
  /** row is a reaction: the line (or `deleted:<n>`) and its type */
  readonly reaction?: readonly [to: string, type: ReactionType, removed?: true]
  readonly quote?: string
  readonly replyTo?: string
  readonly emoji?: readonly (readonly [member: number, emoji: string])[]
  readonly files?: readonly string[]
  readonly preview?: readonly [url: string, title: string]
  readonly place?: PlaceName
  readonly event?: 'renamed' | 'joined' | 'left' | 'created'
  readonly title?: string
  readonly walOnly?: true
  /** only on one system */
  readonly ios?: true
}

const LONG = [
  'Right, I am writing this out once so that I have it in order, and you asked me to.',
  'I got to Riverside at about twenty five past nine. His car was already there, the grey one, by the ticket machine. He had the scarf on the passenger seat and he said get in, it is cold, and I said no, just pass it through the window.',
  'He got out instead. He was smiling the whole time. He said he had driven all this way and the least I could do was talk. I said I had to be home for Isla by ten.',
  'I had my keys in my hand. He took hold of my wrist, here, the left one, and with the other hand he took the keys off me as if it were a game, and he held them up. I asked for them four times. I counted afterwards.',
  'A man came past on the towpath with a dog, and Ryan let go and laughed and said she is always losing these. Then he dropped them, not to me, on the ground by the wheel, and drove off. I sat in the car with the doors locked until the light came back on in the boathouse.',
  'I did not ring anyone that night because I thought it would sound like nothing. I am telling you because it did not feel like nothing. The bruise has come up today and I have taken a picture. Please do not tell Mum yet.',
].join('\n\n')

/** What Tom walked, stage by stage: longer than any message needs to be. */
const LONGEST = Array.from(
  { length: 620 },
  (_, at) =>
    `Stage ${at + 1}: ${['over the stile', 'along the towpath', 'past the pumping station', 'up through the beeches'][at % 4]}, then ${['left', 'right', 'straight on'][at % 3]} at the ${['oak', 'lock', 'gate', 'milestone', 'chapel'][at % 5]}.`,
).join('\n')

export const ESSENTIAL: readonly Line[] = [
  ['wa:rota', '03-02 07:02', '<', null, { event: 'created', title: 'Kettle rota' }],
  [
    'wa:rota',
    '03-02 07:04',
    '<',
    'Morning all. Rota for this week: Kasia & Hannah open Mon–Wed, Bilal & Mei Thu–Fri, everyone Saturday please 🙏',
    {
      as: 'rota',
      emoji: [
        [1, '👍'],
        [3, '👍'],
      ],
    },
  ],
  ['wa:rota', '03-02 07:09', '>', 'Can do. Can I leave by 3 on Wednesday, Isla has swimming'],
  [
    'wa:rota',
    '03-02 07:11',
    '<',
    'Course you can',
    { replyTo: 'rota', quote: 'Can do. Can I leave by 3 on Wednesday, Isla has swimming' },
  ],
  ['wa:bilal', '03-02 09:30', '<', 'السلام علیکم ہننا، کیا آپ جمعرات کو میری شفٹ لے سکتی ہیں؟', { as: 'bilal' }],
  ['wa:bilal', '03-02 09:41', '>', 'Walaikum salaam! Thursday yes, if you take my Sunday 😄'],
  ['wa:bilal', '03-02 09:42', '<', 'ٹھیک ہے، بہت شکریہ 🙏'],
  [
    'sms:parcel',
    '03-02 11:20',
    '<',
    'SwiftParcel: your delivery SP4471902 is due today between 13:05 and 14:05. Track: https://swiftparcel.example.com/t/SP4471902',
    {
      preview: [
        'https://swiftparcel.example.com/t/SP4471902',
        `Your parcel, tracked live (${NEVER.previewInMessages})`,
      ],
    },
  ],
  [
    'sms:bank',
    '03-02 12:00',
    '<',
    'HALLOWICK BS: £42.10 spent at Eastgate Foods on card ending 0419. Not you? Reply STOP CARD.',
    { seconds: true },
  ],
  [
    'sms:ryan',
    '03-03 17:48',
    '<',
    'Hey it’s Ryan, flat white extra hot 😊 you gave me your number on the back of the loyalty card',
    { as: 'hello' },
  ],
  ['sms:ryan', '03-03 17:55', '>', 'Haha hello flat white. I remember'],
  ['sms:ryan', '03-03 17:56', '<', 'Fancy a proper drink some time? Not one you have to make', { as: 'drink' }],
  [
    'sms:ryan',
    '03-03 18:10',
    '>',
    null,
    {
      reaction: ['drink', 'laughed'],
      quote: 'Laughed at “Fancy a proper drink some time? Not one you have to make”',
      ios: true,
    },
  ],
  ['sms:ryan', '03-03 18:12', '>', 'Go on then. Saturday, Fox & Compass, 8?', { attributedOnly: true, as: 'fox' }],
  [
    'sms:ryan',
    '03-03 18:12:40',
    '<',
    null,
    { reaction: ['fox', 'loved'], quote: 'Loved “Go on then. Saturday, Fox & Compass, 8?”', ios: true },
  ],
  ['wa:simran', '03-03 19:02', '>', 'I have a DATE. Extra hot flat white has a name'],
  ['wa:simran', '03-03 19:03', '<', 'ਵਾਹ ਜੀ ਵਾਹ! 🎉 ਮੈਨੂੰ ਸਭ ਕੁਝ ਦੱਸੀਂ', { as: 'vah', emoji: [[0, '❤️']] }],
  ['wa:simran', '03-03 19:04', '<', 'And send me his number just in case. Safety first', { as: 'safety' }],
  ['wa:kasia', '03-04 06:10', '<', 'Cześć kochana, spóźnię się 10 minut, autobus znowu nie przyjechał 😩'],
  ['wa:kasia', '03-04 06:11', '>', 'Spokojnie, I’ll put the ovens on'],
  ['wa:mei', '03-04 14:20', '<', '汉娜，明天下午的蛋糕订单是八个还是十个？'],
  ['wa:mei', '03-04 14:26', '>', '十个! See I have been practising'],
  ['wa:mei', '03-04 14:27', '<', '太棒了👏 你的中文越来越好'],
  ['sms:mum', '03-05 18:30', '<', 'Are you both coming Sunday? Nain is making bara brith', { as: 'sunday' }],
  ['sms:mum', '03-05 18:44', '>', 'Yes! Isla is already dressed for it'],
  ['sms:nain', '03-05 19:10', '<', 'Helo cariad, cofia ddod â llyfr Isla dydd Sul. Caru ti, Nain x'],
  ['wa:nain', '03-05 19:30', '>', 'Diolch Nain! Wela i ti dydd Sul 💛', { files: ['isla-park'] }],
  ['sms:family', '03-06 08:00', '<1', 'Someone tell me what to bring on Sunday', { service: 'iMessage' }],
  ['sms:family', '03-06 08:02', '<', 'Yourself, on time'],
  ['sms:family', '03-06 08:03', '>', 'lol', { as: 'lol' }],
  ['sms:family', '03-06 08:05', '<1', null, { event: 'renamed', title: 'Whitlocks 🏡' }],
  ['sms:ryan', '03-07 19:41', '<', 'Got us the table by the window'],
  [
    'wa:simran',
    '03-07 19:45',
    '>',
    'In the pub. Number is 07700 900123, Ryan Calder. If I go quiet ring me',
    { walOnly: true },
  ],
  [
    'sms:ryan',
    '03-07 23:20',
    '<',
    'Really good night. You left your scarf on the chair btw, I’ve got it safe',
    { as: 'scarf' },
  ],
  [
    'sms:ryan',
    '03-08 09:15',
    '>',
    'Ah thank you! I’ll get it off you at the Kettle',
    { edits: [[2, 'Ah thank you! I’ll get it off you tomorow']] },
  ],
  [
    'wa:simran',
    '03-08 09:40',
    '<',
    'SO???',
    { replyTo: 'safety', quote: 'And send me his number just in case. Safety first' },
  ],
  ['wa:simran', '03-08 09:52', '>', 'Nice enough. Talks over people. He asked the barman for MY change'],
  [
    'wa:simran',
    '03-08 09:53',
    '<',
    'hmm',
    { replyTo: 'gone', quote: `he kept saying the word ${NEVER.quoteInReply} all night` },
  ],
  ['sms:ryan', '03-09 12:31', '<', 'Lunch?'],
  ['sms:ryan', '03-09 12:58', '<', 'You’re working I can see you'],
  [
    'sms:ryan',
    '03-09 13:40',
    '>',
    'Ryan, I had a nice time but I don’t think this is for me. Take care of yourself',
    { as: 'no' },
  ],
  [
    'sms:ryan',
    '03-09 13:40:30',
    '<',
    null,
    {
      reaction: ['no', 'questioned'],
      quote: 'Questioned “Ryan, I had a nice time but I don’t think this is for me. Take care of yourself”',
      ios: true,
    },
  ],
  ['sms:ryan', '03-09 13:41', '<', 'Wow. One drink and that’s it'],
  ['sms:ryan', '03-09 13:52', '<', null, { unsent: 1 }],
  ['sms:ryan-text', '03-10 22:15', '<', 'Your messages are going green. Have you blocked me?'],
  ['sms:ryan-text', '03-10 22:16', '<', 'Only asking'],
  ['wa:ryan', '03-11 08:02', '<', 'Found you on here then'],
  ['wa:ryan', '03-11 08:03', '<', null, { files: ['scarf'] }],
  ['wa:ryan', '03-11 08:03:20', '<', 'Still got it. Smells of coffee'],
  ['wa:ryan', '03-11 20:19', '>', 'Please leave it behind the counter at work with Gareth'],
  [
    'wa:ryan',
    '03-11 20:20',
    '<',
    'I’d rather give it to you myself. Five minutes. Then I’ll leave you alone',
    { replyTo: 'counter', quote: 'Please leave it behind the counter at work with Gareth' },
  ],
  ['wa:school', '03-12 15:40', '<', null, { event: 'joined' }],
  ['wa:school', '03-12 15:42', '<1', 'Does anyone have the spelling list? Noor has eaten ours 🙈'],
  ['wa:school', '03-12 15:44', '<', 'Here you go!', { files: ['spellings'] }],
  ['wa:school', '03-12 15:45', '<2', 'Thanks Beth. H, I’ve got Isla till 5 Saturday, dropping at yours?'],
  ['wa:school', '03-12 15:50', '>', 'Yes please Dan, Mum will be in'],
  [
    'wa:girls',
    '03-12 21:30',
    '<',
    'https://quiz.example.org/fox-and-compass look who is top of the league 😎',
    { preview: ['https://quiz.example.org/fox-and-compass', `League table, week nine: ${NEVER.previewInWhatsApp}`] },
  ],
  [
    'sms:clinic',
    '03-13 09:00',
    '<',
    'Millbrook Surgery: your appointment is Wed 18 Mar 08:50 with Dr Osei. Reply CANCEL if you cannot come.',
    { service: 'SMS' },
  ],
  [
    'sms:ryan',
    '03-14 16:05',
    '<',
    'Ok last try. Riverside car park tonight, half nine, by the ticket machine. I bring the scarf, you bring nothing, we’re done',
    { as: 'meet' },
  ],
  ['sms:ryan', '03-14 16:31', '>', 'Fine. Half nine. Five minutes and then please stop', { as: 'fine' }],
  [
    'sms:ryan',
    '03-14 16:31:20',
    '<',
    null,
    { reaction: ['fine', 'liked'], quote: 'Liked “Fine. Half nine. Five minutes and then please stop”', ios: true },
  ],
  ['sms:ryan', '03-14 20:58', '<', null, { files: ['riverside-night'], service: 'MMS' }],
  ['sms:ryan', '03-14 20:58:30', '<', 'Here already'],
  ['sms:mum', '03-14 21:02', '>', 'Just popping out for milk, back by ten x'],
  ['wa:ryan', '03-14 21:21', '<', null, { place: 'riverside' }],
  ['sms:ryan', '03-14 22:04', '<', 'That was stupid of me. You know I’d never hurt you'],
  ['sms:ryan', '03-14 22:09', '<', 'Answer your phone'],
  ['sms:ryan-mail', '03-14 22:40', '<', 'Hannah please. I gave you them back didn’t I', { ios: true }],
  ['sms:unknown', '03-15 01:12', '<', 'i know what time you open up'],
  ['wa:simran', '03-15 10:02', '>', LONG, { as: 'long' }],
  [
    'wa:simran',
    '03-15 10:10',
    '<',
    'I’m coming round. Save everything, don’t delete anything',
    { replyTo: 'long', quote: LONG },
  ],
  ['sms:simran', '03-15 10:11', '<', '❤️'],
  ['sms:simran', '03-15 10:20', '>', 'This is my wrist this morning', { files: ['wrist'] }],
  [
    'sms:mum',
    '03-15 12:00',
    '>',
    'Mum, something happened last night. I’m all right. Same picture I sent Sim',
    { files: ['wrist'] },
  ],
  ['sms:mum', '03-15 12:01', '<', 'Oh love. I’m putting my coat on', { as: 'coat' }],
  [
    'sms:mum',
    '03-15 12:02',
    '<',
    null,
    { reaction: ['deleted:0', 'loved'], quote: `Loved “${NEVER.quoteInReaction} xx”`, ios: true },
  ],
  [
    'sms:surgery',
    '03-16 10:15',
    '>',
    'Could I see Dr Osei sooner please, it is about an injury to my wrist and I am not sleeping',
  ],
  ['sms:surgery', '03-16 10:40', '<', 'Dr Osei can see you at 16:20 today. Please bring your medication list.'],
  ['sms:lost', '03-16 23:58', '<', 'you will be sorry'],
  ['sms:ryan-text', '03-17 07:30', '<', 'I’m outside the Kettle. Just want to say sorry in person', { seconds: true }],
  [
    'wa:rota',
    '03-17 07:41',
    '>',
    'Gareth he is outside. Grey car. I’m not coming to the front door',
    { as: 'outside' },
  ],
  [
    'wa:rota',
    '03-17 07:42',
    '<',
    'Stay in the kitchen. I’ve rung 101. Bilal is with you?',
    { replyTo: 'outside', quote: 'Gareth he is outside. Grey car. I’m not coming to the front door' },
  ],
  ['wa:rota', '03-17 07:42:30', '<2', 'ہاں، میں یہیں ہوں'],
  [
    'sms:solicitor',
    '03-18 11:05',
    '<',
    'Dear Ms Whitlock, further to our call: please send me nothing in writing about the night of the 14th until we have met. Anand Desai, Desai Marsh. Privileged and confidential',
    { subject: 'HW/26/0417' },
  ],
  ['sms:solicitor', '03-18 11:20', '>', 'Understood, thank you. I can come on Friday at two'],
  [
    'sms:journalist',
    '03-20 14:22',
    '<',
    'Hi Hannah, Rosa at the Courier. Two other women have spoken to me about Riverside. Anything you tell me is in confidence',
  ],
  [
    'sms:journalist',
    '03-20 15:10',
    '>',
    'I’ve given a statement and they want to look at my phone, only his messages they say. Can I ring you after',
  ],
  ['wa:rota', '03-21 06:55', '<', null, { event: 'renamed', title: 'Kettle rota (NEW – use this one)' }],
  ['wa:ryan', '03-22 18:00', '<', null, { unsent: 3 }],
  ['wa:ryan', '03-22 18:02', '<', 'Tell them it was a joke', { edits: [[4, 'Tell them nothing happened']] }],
  ['sms:unknown', '03-23 02:30', '<', 'delete it', { noDate: true }],
  ['sms:dan', '03-24 08:15', '<', 'Whatever you need. I can have Isla all week'],
  [
    'sms:teacher',
    '03-24 09:05',
    '<',
    'Isla was a bit quiet today but fine. We have noted who may collect her. J Lacey',
  ],
  ['sms:family', '03-25 19:00', '>', null, { files: ['lost-photo'] }],
  ['wa:beth', '03-26 20:15', '<', null, { files: ['voice'] }],
  ['wa:mum', '03-27 12:00', '>', 'New phone case 😍', { files: ['video'] }],
  ['sms:garage', '03-30 13:00', '<', 'Lockside Garage: new lock barrel and two keys fitted, £118. Ready from 4.'],
  ['sms:mum', '04-05 08:30', '<', 'Happy Easter my darlings 🐣', { attributedOnly: true }],
  ['sms:family', '04-05 16:00', '<1', LONGEST, { attributedOnly: true }],
  ['sms:ryan-text', '04-06 21:00', '<', 'It’s been three weeks. Coffee?', { walOnly: true }],
]

export const MORE: readonly Line[] = [
  ['wa:girls', '03-02 20:00', '<', 'Quiz Thursday? We need someone who knows rivers'],
  ['wa:girls', '03-02 20:01', '<1', 'Ja znam Wisłę i to wszystko'],
  ['wa:girls', '03-02 20:03', '>', 'Between us we have one river. In!'],
  ['sms:mum', '03-02 20:30', '>', 'Isla lost a tooth!!', { files: ['isla-park'] }],
  ['sms:mum', '03-02 20:31', '<', 'The going rate is £1, don’t let her tell you different'],
  ['wa:mei', '03-03 08:00', '<', '早上好☀️ 我带了饺子'],
  ['wa:mei', '03-03 08:01', '>', '爱你'],
  ['wa:school', '03-03 16:00', '<', 'World Book Day is THURSDAY not Friday. I repeat. Thursday.'],
  ['wa:school', '03-03 16:02', '<1', 'I have cardboard and no idea'],
  ['wa:school', '03-03 16:05', '>', 'Isla wants to be the Gruffalo’s mum. Is that in the book'],
  ['wa:school', '03-03 16:06', '<2', 'It is now'],
  ['sms:dan', '03-04 12:00', '>', 'Swimming kit is in the blue bag'],
  ['sms:dan', '03-04 12:05', '<', 'Got it. She wants chips after, am I allowed'],
  ['sms:dan', '03-04 12:06', '>', 'You are'],
  ['wa:kasia', '03-05 13:00', '<', 'Gareth mówi że w sobotę przychodzi sanepid, znaczy inspection 😬'],
  ['wa:kasia', '03-05 13:02', '>', 'Then we scrub on Friday. Dziękuję for the warning'],
  ['wa:rota', '03-06 17:00', '<1', 'Milk fridge is making the noise again'],
  ['wa:rota', '03-06 17:02', '<4', 'I can look at it tomorrow before opening'],
  ['wa:rota', '03-06 17:03', '<', 'Thanks Owen 👍'],
  ['sms:family', '03-08 10:30', '<', 'Chicken is in. Tom you are on spuds'],
  ['sms:family', '03-08 10:45', '<1', 'Stuck behind a tractor at Fenny Lodge'],
  ['sms:family', '03-08 10:46', '>', 'Isla says drive round it'],
  ['wa:nain', '03-08 19:00', '<', 'Diolch am ddod, cariad. Mae Isla wedi tyfu! 💛'],
  ['wa:nain', '03-08 19:12', '>', 'Roedd y bara brith yn fendigedig'],
  ['wa:simran', '03-09 14:00', '>', 'Told him no thanks. Nicely'],
  ['wa:simran', '03-09 14:01', '<', 'ਸ਼ਾਬਾਸ਼। And?'],
  ['wa:simran', '03-09 14:03', '>', 'He sent one thing and deleted it before I could read it'],
  ['wa:simran', '03-09 14:04', '<', 'Screenshot everything from now on'],
  ['wa:bilal', '03-10 07:00', '<', 'دودھ والا آج دیر سے آئے گا'],
  ['wa:bilal', '03-10 07:02', '>', 'No worries, we have oat'],
  ['sms:parcel', '03-10 09:00', '<', 'SwiftParcel: sorry we missed you. SP4472210 is with your neighbour at 14.'],
  ['sms:bank', '03-10 12:00', '<', 'HALLOWICK BS: your balance is £611.27. Reply BAL any time.'],
  ['wa:ryan', '03-12 07:40', '<', 'Morning. You look nice in the green apron'],
  ['wa:ryan', '03-12 07:55', '>', 'Please don’t'],
  ['wa:beth', '03-12 19:30', '<', 'You ok? You looked miles away at pick up'],
  ['wa:beth', '03-12 19:48', '>', 'Just tired. There is a customer who won’t take a hint'],
  ['wa:beth', '03-12 19:50', '<', 'Tell Gareth. Seriously'],
  ['wa:girls', '03-12 22:40', '>', 'SECOND PLACE. The river question came up'],
  ['wa:girls', '03-12 22:41', '<1', 'WISŁA!!! 🏆'],
  ['sms:mum', '03-13 18:00', '<', 'Dad’s bench is finished in Abbey Park. Come and see on Saturday?'],
  ['sms:mum', '03-13 18:20', '>', 'Lovely. 11 o’clock by the pond', { files: ['bench'] }],
  ['wa:school', '03-14 09:00', '<', 'Alfie’s party 2pm at the soft play on Eastgate, all welcome 🎂'],
  ['wa:school', '03-14 09:03', '<1', 'Noor is packed and in the car'],
  ['wa:simran', '03-15 11:30', '<', 'Parking now. Kettle on'],
  ['wa:kasia', '03-15 18:00', '<', 'Simran mi powiedziała. Jestem z tobą. Wezmę twoją poranną zmianę'],
  ['wa:kasia', '03-15 18:05', '>', 'Dziękuję kochana ❤️'],
  ['wa:mei', '03-15 20:00', '<', '你还好吗？需要什么告诉我'],
  ['wa:mei', '03-15 20:10', '>', '谢谢你. Soup, maybe'],
  ['wa:mei', '03-15 20:11', '<', '明天带给你🍲'],
  ['sms:family', '03-16 09:00', '<1', 'I can come up tonight. Say the word'],
  ['sms:family', '03-16 09:10', '>', 'It’s ok. Mum is here. But Friday please'],
  ['wa:bilal', '03-17 12:00', '<', 'پولیس نے مجھ سے بھی پوچھا، میں نے سب سچ بتا دیا'],
  ['wa:bilal', '03-17 12:10', '>', 'Thank you Bilal. Really'],
  ['sms:clinic', '03-17 12:30', '<', 'Millbrook Surgery: how was your visit? Reply 1 (good) to 5 (poor).'],
  ['wa:beth', '03-18 16:00', '<', 'I can do pick up all this week, just say'],
  ['wa:beth', '03-18 16:04', '>', 'You are a star 🌟'],
  [
    'sms:solicitor',
    '03-20 16:40',
    '<',
    'Thank you for coming in. I will write to the officer about what may be taken from your telephone and what may not.',
  ],
  ['wa:rota', '03-21 07:00', '<', 'New group name so nobody posts in the old one. CCTV is in by the back door now'],
  ['wa:rota', '03-21 07:05', '<3', '好的'],
  ['wa:rota', '03-21 07:06', '<4', 'Fitted a light too'],
  ['wa:girls', '03-26 19:00', '<', 'Quiz? Only if you feel like it'],
  ['wa:girls', '03-26 19:20', '>', 'I do actually. Fox & Compass is ours, not his'],
  ['wa:girls', '03-26 19:21', '<1', 'Tak jest! 💪'],
  ['wa:simran', '03-26 23:00', '<', 'ਮੈਨੂੰ ਤੇਰੇ ਤੇ ਮਾਣ ਹੈ ❤️'],
  ['sms:parcel', '03-28 10:00', '<', 'SwiftParcel: SP4475518 delivered. Signed for: WHITLOCK'],
  ['sms:mum', '03-29 09:00', '<', 'Clocks have gone forward. Are you up?'],
  ['sms:mum', '03-29 10:40', '>', 'No'],
  ['wa:nain', '04-05 09:00', '<', 'Pasg hapus i chi i gyd! 🐣'],
  ['wa:nain', '04-05 09:30', '>', 'Pasg hapus Nain x', { files: ['isla-park'] }],
  ['wa:school', '04-13 08:00', '<', 'Back tomorrow!! Who has seen a PE bag with a dinosaur on'],
  ['wa:school', '04-13 08:02', '>', 'It lives here now apparently'],
  ['sms:dan', '04-17 17:00', '<', 'She read me a whole book. Whole. Book.'],
  ['sms:journalist', '04-20 10:00', '<', 'No names, as promised. Piece runs on the 30th, about the car park lights'],
  ['wa:kasia', '04-22 07:00', '<', 'Wszystkiego najlepszego!!! 🎂🎉'],
  ['wa:kasia', '04-22 07:10', '>', 'Dziękuję! Is that cake I can smell'],
  ['wa:rota', '04-22 07:12', '<', 'Happy birthday Hannah from all of us 🎈'],
  ['sms:family', '04-22 07:30', '<', 'Thirty two years ago today, in the snow', { as: 'snow' }],
  ['sms:family', '04-22 07:31', '<1', 'Every year the snow gets deeper'],
  [
    'sms:solicitor',
    '04-28 11:00',
    '<',
    'The officer confirms: messages with Mr Calder only, 1 to 31 March. Your other conversations stay yours.',
  ],
  ['wa:simran', '05-02 18:00', '<', 'Canal walk tomorrow? Kasia too'],
  ['wa:simran', '05-02 18:05', '>', 'Yes. The long way round, by the river'],
]
