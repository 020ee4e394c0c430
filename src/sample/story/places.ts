import type { Place } from '../../records/index.ts'

/** Hallowick, a market town that does not exist, laid out over open fields between Northampton and Market Harborough. */
export const PLACES = {
  market: { lat: 52.41812, lon: -0.93117, label: 'Market Square' },
  kettle: { lat: 52.41864, lon: -0.93048, label: 'The Copper Kettle' },
  riverside: { lat: 52.41377, lon: -0.92461, label: 'Riverside car park' },
  towpath: { lat: 52.41298, lon: -0.92205, label: 'Canal towpath' },
  pub: { lat: 52.41931, lon: -0.93402, label: 'The Fox & Compass' },
  school: { lat: 52.42415, lon: -0.93958, label: 'St Anne’s Primary School' },
  station: { lat: 52.40982, lon: -0.93531, label: 'Hallowick station' },
  surgery: { lat: 52.42036, lon: -0.92744, label: 'Millbrook Surgery' },
  park: { lat: 52.42188, lon: -0.92219, label: 'Abbey Park' },
  retail: { lat: 52.40711, lon: -0.91346, label: 'Eastgate retail park' },
  home: { lat: 52.42307, lon: -0.93413, label: 'Larch Road' },
} as const satisfies Record<string, Place & { label: string }>

export type PlaceName = keyof typeof PLACES
