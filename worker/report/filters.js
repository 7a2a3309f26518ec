// What is shown: the form, the address of the page, and which marks pass.

const form = document.getElementById('filters');
const fields = () => Object.fromEntries(new FormData(form));

/** Fill the lists of the form with what the data has. */
function offer() {
  const byName = (a, b) => a[1].localeCompare(b[1]);
  const lists = {
    theatre: [values(mark => mark.theatre || []), nameOf, byName],
    actor: [values(mark => mark.actors || []), nameOf, byName],
    kind: [values((mark, row) => row.kind ? [row.kind] : []), capital, byName],
    change: [values(mark => [mark.change]), it => capital(spoken(it)), (a, b) => CHANGES.indexOf(a[0]) - CHANGES.indexOf(b[0])],
  };
  for (const [name, [counts, label, order]] of Object.entries(lists)) {
    const options = [...counts].map(([value, count]) => [value, label(value), count]).sort(order);
    form.elements[name].append(...options.map(([value, text, count]) => new Option(`${text} (${count})`, value)));
  }
}

/** Whether a mark passes the filters. */
function passes(mark, wanted) {
  return (!wanted.theatre || mark.theatre?.includes(wanted.theatre) || mark.relocated_to === wanted.theatre)
    && (!wanted.actor || mark.actors?.includes(wanted.actor))
    && (!wanted.kind || mark.row.kind === wanted.kind)
    && (!wanted.change || mark.change === wanted.change)
    && (!wanted.from || mark.last >= firstOf(+wanted.from))
    && (!wanted.to || mark.first < firstOf(+wanted.to + 1))
    && (!wanted.late || mark.late)
    && (!wanted.contradicts || mark.contradicts)
    && (!wanted.text || wordsOf(mark).includes(wanted.text.toLowerCase()));
}

function wordsOf(mark) {
  const {row} = mark;
  mark.words ||= [row.name, row.subject, row.group, GROUP_NAMES.get(row.group), listed(mark.actors), listed(mark.theatre),
    ...mark.quotes.flatMap(it => [it.text, it.title, it.source])].join('\n').toLowerCase();
  return mark.words;
}

const GROUP_NAMES = new Map(GROUPS.map(group => [group.head.group, group.head.name]));
const ORDERS = {
  latest: (a, b) => b.last - a.last,
  start: (a, b) => a.first - b.first,
  name: (a, b) => a.head.name.localeCompare(b.head.name),
};

/** The lines to draw: a mission, and under it the contributions that have a mark which passes. */
function select(wanted) {
  const found = [];
  for (const group of [...GROUPS].sort(ORDERS[wanted.order] || ORDERS.latest)) {
    const pass = row => row.marks.filter(mark => passes(mark, wanted));
    const head = {row: group.head, marks: pass(group.head), part: false};
    const parts = group.parts.map(row => ({row, marks: pass(row), part: true})).filter(line => line.marks.length);
    if (head.marks.length || parts.length) found.push(head, ...parts);
  }
  return found;
}

/** Keep the filters in the address, so that it can be shared, and take them from it. */
function remember(wanted) {
  const kept = Object.entries(wanted).filter(([name, value]) => value && !(name === 'order' && value === 'latest'));
  history.replaceState(null, '', kept.length ? '#' + new URLSearchParams(kept) : location.pathname + location.search);
}

function recall() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = form.elements[name];
    if (field?.type === 'checkbox') field.checked = value === 'on';
    else if (field) field.value = value;
  }
}
