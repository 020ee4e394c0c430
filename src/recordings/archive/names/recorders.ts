import type { NameTemplate } from './name-template.ts'

/** How sure the names of a recorder are: its own source or maker; two parsers of others that agree; one. */
export type Confidence = 'high' | 'medium' | 'low'

/** A recorder of calls, by how it names its files. */
export interface Recorder {
  readonly id: string
  readonly title: string
  /** of the app, where it is one that is installed */
  readonly packages: readonly string[]
  readonly confidence: Confidence
  /** most telling first */
  readonly templates: readonly Omit<NameTemplate, 'id'>[]
}

const INTO = { in: 'in', out: 'out', conference: 'conference' } as const
const ZERO_IN = { '0': 'in', '1': 'out' } as const
const ARROWS = { '↗': 'out', '↙': 'in', '↑': 'out', '↓': 'in' } as const
const CARRIERS = ['phone', 'whatsapp', 'facebook', 'messenger', 'zoom', 'mic', 'viber', 'telegram', 'skype', 'signal']
/** The last bracket of ACR Phone’s cloud copies is in the language of the phone: those that are known, and any other. */
const IN_WORDS = {
  'Incoming calls': 'in',
  'Outgoing calls': 'out',
  'Połączenia przychodzące': 'in',
  'Połączenia wychodzące': 'out',
  'Eingehende Anrufe': 'in',
  'Ausgehende Anrufe': 'out',
} as const

/** Every recorder whose names are known, those that say most by themselves first. */
export const RECORDERS: readonly Recorder[] = [
  {
    id: 'bcr',
    title: 'BCR (Basic Call Recorder)',
    packages: ['com.chiller3.bcr'],
    confidence: 'high',
    templates: [
      {
        template: '{YYYY}{MM}{DD}_{HH}{mm}{ss}[.{fraction}]{offset}[_{direction}][_sim{sim}][_{number}][_{contact}]',
        directions: INTO,
      },
      { template: '{unix_ms}[_{direction}][_sim{sim}]_{number}[_{contact}]', directions: INTO },
    ],
  },
  {
    id: 'cube',
    title: 'Cube ACR',
    packages: ['com.catalinagroup.callrecorder'],
    confidence: 'medium',
    templates: [
      {
        template: '{YYYY}-{MM}-{DD} {HH}-{mm}-{ss} [{direction} ]({via}) {contact} ({number})',
        directions: ARROWS,
        via: CARRIERS,
      },
      {
        template: '{YYYY}-{MM}-{DD} {HH}-{mm}-{ss} ({via}) [{contact} ]({number})[ {direction}]',
        directions: ARROWS,
        via: CARRIERS,
      },
      {
        template: '{YYYY}-{MM}-{DD} {HH}-{mm}-{ss} ({via}) {who}[ {direction}]',
        directions: ARROWS,
        via: CARRIERS,
      },
      { template: '{via}_{YYYY}{MM}{DD}-{HH}{mm}{ss}_{who}', via: CARRIERS },
    ],
  },
  {
    id: 'acr-phone',
    title: 'ACR Phone (NLL)',
    packages: ['com.nll.cb'],
    confidence: 'medium',
    templates: [
      { template: '{number}-{direction}-{unix_ms}', directions: ZERO_IN },
      {
        template: String.raw`{contact} ({number}) \[{YYYY}-{MM}-{DD} {HH}-{mm}-{ss}\] \[{direction}\]`,
        directions: IN_WORDS,
      },
      { template: String.raw`{contact} ({number}) \[{YYYY}-{MM}-{DD} {HH}-{mm}-{ss}\] \[{any}\]` },
    ],
  },
  {
    id: 'acr',
    title: 'Another Call Recorder (NLL), copies in a cloud',
    packages: ['com.nll.acr'],
    confidence: 'medium',
    templates: [
      { template: '{number}_{YYYY}_{MM}_{DD}_{HH}_{mm}_{ss}[_{direction}]', directions: ZERO_IN },
      { template: '{contact}_{number}_{YYYY}_{MM}_{DD}_{HH}_{mm}_{ss}[_{direction}]', directions: ZERO_IN },
      {
        template: String.raw`[{contact}_]{number}_{YYYY}_{MM}_{DD}_{HH}_{mm}_{ss}_\[{direction}\]`,
        directions: ZERO_IN,
      },
    ],
  },
  {
    id: 'samsung',
    title: 'Samsung',
    packages: ['com.samsung.android.dialer', 'com.samsung.android.incallui'],
    confidence: 'medium',
    templates: [
      { template: 'Call recording {who}_{YY}{MM}{DD}_{HH}{mm}{ss}' },
      {
        template: 'Call_{YYYY}{MM}{DD}_{HH}{mm}{ss}_{direction}_{any}',
        directions: { INCOMING: 'in', OUTGOING: 'out' },
      },
    ],
  },
  {
    id: 'xiaomi',
    title: 'Xiaomi MIUI',
    packages: ['com.android.soundrecorder'],
    confidence: 'medium',
    templates: [
      { template: '{any}@{contact}({number})_{YYYY}{MM}{DD}{HH}{mm}{ss}' },
      { template: '{contact}({number})_{YYYY}{MM}{DD}{HH}{mm}{ss}' },
    ],
  },
  {
    id: 'huawei',
    title: 'Huawei',
    packages: ['com.android.phone.recorder'],
    confidence: 'high',
    templates: [{ template: '[{contact}]@{number}_{YYYY}{MM}{DD}{HH}{mm}{ss}' }],
  },
  {
    id: 'graphene',
    title: 'GrapheneOS, crDroid',
    packages: [],
    confidence: 'high',
    templates: [{ template: 'CallRecord_{YYYY}{MM}{DD}-{HH}{mm}{ss}_{who}' }],
  },
  {
    id: 'lineage',
    title: 'LineageOS',
    packages: [],
    confidence: 'high',
    templates: [{ template: '{number}_{YY}{MM}{DD}_{HH}{mm}{ss}{SSS}' }],
  },
  {
    id: 'lg',
    title: 'LG',
    packages: [],
    confidence: 'medium',
    // Two parsers of others read 0 and 1 the other way round. It is not known until a bill has said it.
    templates: [
      { template: '{direction}d{YYYY}{MM}{DD}{HH}{mm}{ss}p{number}', directions: { '0': undefined, '1': undefined } },
      { template: '{number}_{direction}_{unix_ms}', directions: { '0': undefined, '1': undefined } },
    ],
  },
  {
    id: 'axet',
    title: 'Call Recorder (axet)',
    packages: ['com.github.axet.callrecorder'],
    confidence: 'high',
    templates: [
      { template: '{YYYY}-{MM}-{DD} {HH}.{mm}.{ss}[ {direction}][ {contact}] ({number})', directions: ARROWS },
      { template: '{YYYY}-{MM}-{DD} {HH}.{mm}.{ss}[ {direction}] {number}', directions: ARROWS },
      { template: '{YYYY}-{MM}-{DD} {HH}.{mm}.{ss} {contact} {direction}', directions: ARROWS },
      { template: '{YYYY}{MM}{DD}T{HH}{mm}{ss}[ {direction}][ {contact}] ({number})', directions: ARROWS },
      { template: '{YYYY}{MM}{DD}T{HH}{mm}{ss}[ {direction}] {number}', directions: ARROWS },
      { template: '{YYYY}{MM}{DD}T{HH}{mm}{ss} {contact} {direction}', directions: ARROWS },
    ],
  },
  {
    id: 'true-phone',
    title: 'True Phone',
    packages: ['com.hb.dialer.free'],
    confidence: 'low',
    templates: [
      { template: '{contact} ({number} {any}) {YYYY}-{MM}-{DD}_{HH}{mm}{ss}_{direction}', directions: INTO },
      { template: '{contact} ({number}) {YYYY}-{MM}-{DD}_{HH}{mm}{ss}_{direction}', directions: INTO },
    ],
  },
  {
    id: 'skt',
    title: 'SKT T phone',
    packages: ['com.skt.prod.dialer'],
    confidence: 'low',
    templates: [{ template: 'CallRec_{number}[_{any}]' }],
  },
  {
    id: 'coloros',
    title: 'OnePlus, Oppo, realme (ColorOS)',
    packages: ['com.coloros.soundrecorder', 'com.oneplus.soundrecorder'],
    confidence: 'high',
    templates: [{ template: '{who}-{YY}{MM}{DD}{HH}{mm}' }],
  },
  {
    id: 'acr-legacy',
    title: 'Another Call Recorder (NLL), on the phone',
    packages: ['com.nll.acr'],
    confidence: 'low',
    // What follows the number is not known; a template can be learnt from the archive.
    templates: [
      { template: '{number}[-{any}]', within: ACR_FOLDERS() },
      { template: '{number}[_{any}]', within: ACR_FOLDERS() },
    ],
  },
]

/** Where the recorder of 2016 and 2017 kept its files by default. */
function ACR_FOLDERS(): RegExp {
  return /(?:^|\/)(?:ACRCalls|ACR|com\.nll\.acr\/files)\//
}
