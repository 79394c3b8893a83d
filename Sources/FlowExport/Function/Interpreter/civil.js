'use strict';
// The proleptic Gregorian calendar, years 1 to 9999; civil time by the runtime's time zone database; opening hours.

const load = (name) => require(Runtime.getAssets()[`/flowc/${name}.js`].path);
const { padded } = load('numbers');

const dayLength = 86_400_000;
const remainder = (value, divisor) => ((value % divisor) + divisor) % divisor;

/** Days since 1970-01-01, counted in years that begin in March, so that the leap day is a year's last. */
function dayNumber(year, month, day) {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const earliest = dayNumber(1, 1, 1);
const latest = dayNumber(9_999, 12, 31);
const clampedDay = (days) => Math.min(Math.max(days, earliest), latest);
const clampedInstant = (instant) => Math.min(Math.max(instant, earliest * dayLength), (latest + 1) * dayLength - 1);

function dateParts(days) {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 0 is Monday. */
const weekday = (days) => remainder(days + 3, 7);

function timeParts(seconds) {
  const time = remainder(seconds, 86_400);
  return { hour: Math.floor(time / 3_600), minute: Math.floor(time / 60) % 60, second: time % 60 };
}

/** `2026-11-21` */
function dateText(days) {
  const { year, month, day } = dateParts(days);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** `09:30`, with seconds if there are any. */
function timeText(seconds) {
  const { hour, minute, second } = timeParts(seconds);
  return `${padded(hour, 2)}:${padded(minute, 2)}${second === 0 ? '' : `:${padded(second, 2)}`}`;
}

/** `2026-11-21T10:30:00Z` */
function instantText(value) {
  const instant = clampedInstant(value);
  const { hour, minute, second } = timeParts(Math.floor(instant / 1_000));
  const milliseconds = remainder(instant, 1_000);
  const fraction = milliseconds === 0 ? '' : `.${padded(milliseconds, 3)}`;
  return `${dateText(Math.floor(instant / dayLength))}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${fraction}Z`;
}

/** null for a day that the calendar doesn't have. */
function dayOf(year, month, day) {
  if (year < 1 || year > 9_999 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const days = dayNumber(year, month, day);
  return dateParts(days).month === month ? days : null;
}

/** `2026-11-21` */
function writtenDate(text) {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  return match ? dayOf(...match.slice(1).map(Number)) : null;
}

/** `9:30`, `09:30`, `09:30:15`; seconds after midnight. */
function writtenTime(text) {
  const match = /^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?$/.exec(text);
  if (!match) return null;
  const [hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  return hour < 24 && minute < 60 && second < 60 ? hour * 3_600 + minute * 60 + second : null;
}

/** RFC 3339, with a fraction or another offset if need be; milliseconds since 1970. */
function writtenInstant(text) {
  const match = /^(.{10})T([0-9]{2}:.{5})(?:\.([0-9]+))?(?:Z|([+-])([0-9]{2}:[0-9]{2}))$/.exec(text);
  if (!match || text.length > 40) return null;
  const date = writtenDate(match[1]);
  const time = writtenTime(match[2]);
  const offset = match[5] === undefined ? 0 : writtenTime(match[5]);
  if (date === null || time === null || offset === null) return null;
  const milliseconds = Number((match[3] ?? '').slice(0, 3).padEnd(3, '0'));
  const seconds = date * 86_400 + time - (match[4] === '-' ? -offset : offset);
  return clampedInstant(seconds * 1_000 + milliseconds);
}

const formats = new Map();

/** Seconds east of UTC at an instant; 0 for an unknown zone. */
function zoneOffset(zone, instant) {
  if (zone === 'UTC' || !zone.includes('/')) return 0;
  try {
    if (!formats.has(zone)) {
      formats.set(zone, new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric',
        hour: 'numeric', minute: 'numeric', second: 'numeric',
      }));
    }
  } catch {
    return 0;
  }
  const parts = {};
  for (const { type, value } of formats.get(zone).formatToParts(instant)) parts[type] = value;
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const days = dayNumber(year, Number(parts.month), Number(parts.day));
  const seconds = Number(parts.hour) * 3_600 + Number(parts.minute) * 60 + Number(parts.second);
  return days * 86_400 + seconds - Math.floor(instant / 1_000);
}

/** Day and time of the day at an instant; without a zone by UTC. */
function civil(value, zone) {
  const instant = clampedInstant(value);
  const local = Math.floor(instant / 1_000) + (zone === undefined ? 0 : zoneOffset(zone, instant));
  return { date: clampedDay(Math.floor(local / 86_400)), time: remainder(local, 86_400) };
}

/** A span belongs to the day on which it begins: one past midnight goes on into a closed day. */
function isOpen(calendar, instant, zone) {
  const { date, time } = civil(instant, zone);
  const minute = Math.floor(time / 60);
  const covers = (day, at) => spans(calendar, day).some(({ from, to }) => from <= at && at < to);
  return covers(date, minute) || covers(clampedDay(date - 1), minute + 1_440);
}

/** `open_on` replaces a day's usual spans, also on a closed one. */
function spans(calendar, day) {
  const special = calendar.openOn.filter(({ date }) => date.days === day).map(({ span }) => span);
  if (special.length > 0) return special;
  return calendar.closed.some(({ days }) => days === day) ? [] : calendar.week[weekday(day)] ?? [];
}

module.exports = {
  dayLength, remainder, clampedDay, clampedInstant, dateParts, timeParts, weekday, dateText, timeText, instantText,
  dayOf, writtenDate, writtenTime, writtenInstant, civil, isOpen,
};
