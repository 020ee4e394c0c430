import type { WordKey } from './en.ts'

/**
 * Welsh, as far as it goes: what is not here stands in English and is marked. These few are a beginning for a translator, who
 * reads them first; no paper in Welsh is served before that (Welsh Language (Wales) Measure 2011).
 */
export const CY: Readonly<Partial<Record<WordKey, string>>> = {
  not_translated: 'Nid yw’r rhan hon wedi’i chyfieithu eto. Mae yn Saesneg.',
  device_phone: 'ffôn',
  device_tablet: 'llechen',
  device_other: 'dyfais',
  phone_user: 'eich {device}',
  sought_heading: 'Beth rydym am ei gymryd',
  reason_heading: 'Pam rydym am ei gael',
  handling_heading: 'Beth sy’n digwydd iddo',
  refuse_heading: 'Gallwch ddweud na',
  enquiry_heading: 'Os dywedwch na',
  rights_heading: 'Eich hawliau',
  contact_heading: 'Pwy i’w holi',
  answer_heading: 'Eich ateb',
}
