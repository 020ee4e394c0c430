import type { Platform } from '../../platform.ts'

/**
 * What Intune calls platforms, in Graph (`androidWorkProfile`) and in its reports (`AndroidWorkProfile`, `iOS`, `IPad`);
 * 'elsewhere' for computers, undefined where it is not known.
 */
export function intunePlatform(told: unknown): Platform | 'elsewhere' | undefined {
  const word = typeof told === 'string' ? told.toLowerCase().replace(/[^a-z]/g, '') : ''
  if (word.startsWith('android')) return 'android'
  if (['ios', 'ipados', 'iphone', 'ipad', 'iosipados'].includes(word)) return 'ios'
  return /^(windows|mac|chrome|linux|visionos|tvos)/.test(word) ? 'elsewhere' : undefined
}
