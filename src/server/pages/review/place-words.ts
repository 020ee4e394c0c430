/** A latitude or longitude as maps write it, with as many decimals as are given, or as many as it has. */
export function latitude(lat: number, decimals?: number): string {
  return degrees(lat, lat < 0 ? 'S' : 'N', decimals)
}

export function longitude(lon: number, decimals?: number): string {
  return degrees(lon, lon < 0 ? 'W' : 'E', decimals)
}

/** Six decimals of a degree are eleven centimetres. The side stays on the line of its number. */
function degrees(value: number, side: string, decimals?: number): string {
  const size = Math.abs(value)
  return `${decimals === undefined ? Number(size.toFixed(6)) : size.toFixed(decimals)}°\u00a0${side}`
}

/** A place as it is written everywhere. */
export function placeWords({ lat, lon }: { readonly lat: number; readonly lon: number }): string {
  return `${latitude(lat)}, ${longitude(lon)}`
}
