/** Phones of two makes: what runs on one does not run on the other. */
export type Platform = 'android' | 'ios'
