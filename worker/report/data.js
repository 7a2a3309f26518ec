// The data as it is drawn: rows with their days as numbers, under the missions that they belong to.

const {today: TODAY_ISO, names: NAMES, rows: ROWS} = JSON.parse(document.getElementById('data').textContent);
const TODAY = dayOf(TODAY_ISO);
const STATUSES = ['planned', 'active', 'suspended', 'ending', 'ended'];
const CHANGES = ['announced', 'started', 'extended', 'reinforced', 'reduced', 'relocated', 'suspended', 'resumed',
  'withdrawal_announced', 'withdrawal_started', 'ended'];

const nameOf = code => NAMES[code] || code;
const spoken = word => word.replaceAll('_', ' ');
const capital = text => text[0].toUpperCase() + text.slice(1);
const listed = codes => (codes || []).map(nameOf).join(', ');

for (const row of ROWS) {
  row.marks ||= [];
  row.bars = (row.bars || []).map(bar => ({...bar, first: dayOf(bar.first), until: bar.until ? dayOf(bar.until) : null}));
  for (const mark of row.marks) {
    mark.row = row;
    mark.day = dayOf(mark.day);
    mark.first = dayOf(mark.first);
    mark.last = dayOf(mark.last);
    mark.quotes ||= [];
  }
}

/** Missions, each with its own row, if there is one, and those of the contributions to it. */
const GROUPS = [...Map.groupBy ? Map.groupBy(ROWS, row => row.group) : grouped(ROWS)].map(([slug, rows]) => {
  const head = rows.find(row => row.subject === slug) || heading(slug, rows);
  const days = rows.flatMap(row => row.marks.map(mark => mark.day));
  const parts = rows.filter(row => row !== head).sort((a, b) => a.name.localeCompare(b.name));
  return {head, parts, first: Math.min(...days), last: Math.max(...days)};
});

function grouped(rows) {
  const found = new Map();
  for (const row of rows) found.has(row.group) ? found.get(row.group).push(row) : found.set(row.group, [row]);
  return found;
}

/** The row of a mission of which only contributions are known. */
function heading(slug, rows) {
  const {kind, mission} = rows[0];
  return {subject: slug, group: slug, name: mission || slug, scope: 'mission', kind, bars: [], marks: []};
}

/** All values of a property of marks or rows, with how often they occur, by name. */
function values(pick) {
  const counts = new Map();
  for (const row of ROWS) for (const mark of row.marks) for (const value of new Set(pick(mark, row))) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}
