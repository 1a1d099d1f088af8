// Times in the newsroom's zone, and in words.

/** How far a zone is ahead of UTC at an instant, in milliseconds. @param {number} instant @param {string} zone */
function offset(instant, zone) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(instant);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
}

/**
 * What a local time means in a zone, as the server reads it: a time that the clocks skip moves forward by the length of the gap, and
 * the first of two equal times counts.
 * @param {string} local such as 2026-10-25T02:30
 * @param {string} zone
 * @returns {{ instant: Date, note: 'once' | 'skipped' | 'twice' } | null} null if it is no time
 */
export function instantOf(local, zone) {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) {
    return null;
  }
  const day = 24 * 60 * 60 * 1_000;
  const [before, after] = [offset(asUtc - day, zone), offset(asUtc + day, zone)];
  const fits = [asUtc - before, asUtc - after].filter((instant) => instant + offset(instant, zone) === asUtc);
  const [first, last] = [Math.min(...fits), Math.max(...fits)];
  return fits.length === 0
    ? { instant: new Date(asUtc - before), note: 'skipped' }
    : { instant: new Date(first), note: first === last ? 'once' : 'twice' };
}

/** The local time of an instant in a zone, such as 2026-10-25T02:30. @param {Date} instant @param {string} zone */
export const localOf = (instant, zone) => new Date(instant.getTime() + offset(instant.getTime(), zone)).toISOString().slice(0, 16);

/** @param {string | Date} at @param {string} zone */
export const told = (at, zone) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at));

/** @param {string | Date} at @param {string} zone */
export const toldInFull = (at, zone) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: zone, timeZoneName: 'short' }).format(new Date(at));

const minute = 60 * 1_000;

/** A time before or after now, such as "5 minutes ago" or "in 2 days". @param {number} minutes less than 0 for the past */
function inWords(minutes) {
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [size, sign] = [Math.abs(minutes), Math.sign(minutes)];
  return size < 90
    ? format.format(minutes, 'minute')
    : size < 36 * 60 ? format.format(sign * Math.round(size / 60), 'hour') : format.format(sign * Math.round(size / (24 * 60)), 'day');
}

/** How long ago something was. A clock that was put back makes nothing lie in the future. @param {number} at @param {number} now */
export function ago(at, now) {
  const minutes = Math.max(0, Math.round((now - at) / minute));
  return minutes < 1 ? 'less than a minute ago' : inWords(-minutes);
}

/** How far something is ahead. @param {number} at @param {number} now */
export const ahead = (at, now) => inWords(Math.max(0, Math.round((at - now) / minute)));
