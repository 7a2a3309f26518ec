// Puts it together: the form changes, the chart follows.

const MARGIN = 0.02;

function refresh() {
  const wanted = fields();
  remember(wanted);
  const lines = select(wanted);
  const marks = lines.flatMap(line => line.marks);
  const [from, to] = stretch(wanted, lines, marks);
  draw(lines, from, to);
  keepReachable();
  const missions = lines.filter(line => !line.part).length, parts = lines.length - missions;
  const number = (count, one, many) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
  const sources = marks.reduce((sum, mark) => sum + mark.sources, 0);
  document.getElementById('summary').textContent = [
    number(missions, 'mission', 'missions'), number(parts, 'contribution', 'contributions'), number(marks.length, 'change', 'changes'),
    number(sources, 'source', 'sources'),
  ].join(' · ');
}

/** The time that the axis covers: what was asked for, or all that is known, up to today while anything lasts. */
function stretch(wanted, lines, marks) {
  let from = Infinity, to = -Infinity;
  for (const mark of marks) { from = Math.min(from, mark.day); to = Math.max(to, mark.day, mark.effective ? dayOf(padded(mark.effective)) : mark.day); }
  if (lines.some(({row}) => row.status && row.status !== 'ended')) to = Math.max(to, TODAY);
  if (!marks.length) [from, to] = [TODAY - 3650, TODAY];
  const margin = Math.max((to - from) * MARGIN, 30);
  from = wanted.from ? firstOf(+wanted.from) : from - margin;
  to = wanted.to ? firstOf(+wanted.to + 1) : to + margin;
  return from < to ? [from, to] : [from, from + 366];
}

function explain() {
  const states = STATUSES.filter(it => it !== 'ended').map(it => {
    const sample = element('span', {className: 'sample'}, element('i', {className: `bar ${it}`}));
    return element('li', {}, sample, it);
  });
  const changes = CHANGES.map(it => element('li', {}, sign(it), spoken(it)));
  document.getElementById('legend').append(...states, ...changes);
}

let waiting = 0;
const soon = (job, ms) => { clearTimeout(waiting); waiting = setTimeout(job, ms); };
let asked = false;
const inTheNextFrame = () => {
  if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; fill(); keepReachable(); }); }
};

offer();
recall();
explain();
form.addEventListener('input', event => soon(refresh, event.target.type === 'search' || event.target.type === 'number' ? 200 : 0));
form.addEventListener('reset', () => soon(refresh, 0));
form.addEventListener('submit', event => event.preventDefault());
chart.addEventListener('scroll', inTheNextFrame, {passive: true});
addEventListener('hashchange', () => { form.reset(); recall(); refresh(); });
let width = 0;
new ResizeObserver(() => {
  if (Math.abs(chart.clientWidth - width) > 1) { width = chart.clientWidth; draw(view.lines, view.from, view.to); keepReachable(); } else inTheNextFrame();
}).observe(chart);
refresh();
document.documentElement.dataset.ready = 'true';
