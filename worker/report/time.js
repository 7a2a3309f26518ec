// Days as numbers since 1970-01-01, and dates as people write them.

const DAY = 864e5;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const dayOf = iso => Date.UTC(+iso.slice(0, 4), iso.slice(5, 7) - 1, +iso.slice(8, 10)) / DAY;
const yearOf = day => new Date(day * DAY).getUTCFullYear();
const firstOf = (year, month = 0) => Date.UTC(year, month, 1) / DAY;

/** A date of limited precision, `2022-02-17`, `2022-02` or `2022`, in words. */
function inWords(date) {
  const [year, month, day] = date.split('-').map(Number);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(' ');
}

/** The steps of an axis of so many days on so many pixels: [day, label, whether it begins a year]. */
function ticks(from, to, width) {
  const years = (to - from) / 365.25;
  const perLabel = 64;
  const found = [];
  if (width / years / 4 >= perLabel) {
    const step = width / years / 12 >= perLabel ? 1 : 3;
    for (let year = yearOf(from); year <= yearOf(to); year++) {
      for (let month = 0; month < 12; month += step) {
        found.push([firstOf(year, month), month ? MONTHS[month].slice(0, 3) : String(year), !month]);
      }
    }
  } else {
    const step = [1, 2, 5, 10, 20, 50, 100].find(it => width / years * it >= perLabel) || 100;
    for (let year = Math.floor(yearOf(from) / step) * step; year <= yearOf(to); year += step) {
      found.push([firstOf(year), String(year), true]);
    }
  }
  return found.filter(([day]) => day >= from && day <= to);
}
