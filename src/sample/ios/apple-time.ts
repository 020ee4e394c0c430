const APPLE_EPOCH_MS = 978_307_200_000

/** Whole seconds since 2001, downwards: what Core Data and WhatsApp keep here. */
export function appleSeconds(at: number): number {
  return Math.floor((at - APPLE_EPOCH_MS) / 1000)
}

/** Nanoseconds since 2001: what `sms.db` keeps from iOS 11 on. */
export function appleNanoseconds(at: number): bigint {
  return BigInt(at - APPLE_EPOCH_MS) * 1_000_000n
}

/** The instant that a row of whole seconds stands for. */
export function fromAppleSeconds(seconds: number): string {
  return new Date(APPLE_EPOCH_MS + seconds * 1000).toISOString()
}
