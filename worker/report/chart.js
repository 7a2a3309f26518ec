// The chart: lines of fixed height, of which only those in sight are in the document.

const chart = document.getElementById('chart');
const axis = document.getElementById('axis');
const linesElement = document.getElementById('lines');
const HEIGHT = {mission: 34, part: 26};
const APART = 13; // pixels below which marks are drawn as one
const BEYOND = 12; // lines drawn above and below those in sight
const view = {lines: [], from: 0, to: 1, drawn: new Map(), height: 0};

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(it => it != null && it !== ''));
  return made;
};
const attributes = (target, values) => {
  for (const [name, value] of Object.entries(values)) target.setAttribute(name, value);
  return target;
};
const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {
  announced: 'M8 2.5 13.5 8 8 13.5 2.5 8Z', started: 'M4 2.5v11l9.5-5.5Z', extended: 'M2.5 3 7 8l-4.5 5M8 3l4.5 5L8 13',
  reinforced: 'M8 2.5v11M2.5 8h11', reduced: 'M2.5 8h11', relocated: 'M2 8h11M9 3.5 13.5 8 9 12.5',
  suspended: 'M5 2.5v11M11 2.5v11', resumed: 'M4 2.5v11l9.5-5.5Z', withdrawal_announced: 'M12 2.5v11L2.5 8Z',
  withdrawal_started: 'M12 2.5v11L2.5 8Z', ended: 'M3 3h10v10H3Z',
};
const HOLLOW = new Set(['announced', 'resumed', 'withdrawal_announced']);
const STROKES = new Set(['extended', 'reinforced', 'reduced', 'relocated', 'suspended']);

/** The sign of a change, told apart by its shape and not by colour alone. */
function sign(change) {
  const svg = attributes(document.createElementNS(SVG, 'svg'), {viewBox: '0 0 16 16', 'aria-hidden': 'true'});
  const [halo, path] = ['halo', 'shape'].map(it => attributes(document.createElementNS(SVG, 'path'), {d: SHAPES[change], class: it}));
  svg.classList.add(STROKES.has(change) ? 'stroke' : HOLLOW.has(change) ? 'hollow' : 'filled');
  svg.append(halo, path);
  return svg;
}

const share = day => (day - view.from) / (view.to - view.from);
const percent = day => `${(100 * share(day)).toFixed(3)}%`;

/** Show these lines over this stretch of time. */
function draw(lines, from, to) {
  const stop = chart.querySelector('button[tabindex="0"]'), at = stop && placeOf(stop), focused = stop === document.activeElement;
  Object.assign(view, {lines, from, to});
  let top = 0;
  for (const line of lines) {
    line.height = line.part ? HEIGHT.part : HEIGHT.mission;
    line.top = top += line.part ? 0 : 4;
    top += line.height;
  }
  view.height = top;
  view.drawn.forEach(it => it.remove());
  view.drawn.clear();
  linesElement.style.height = `${top}px`;
  attributes(chart, {'aria-rowcount': lines.length});
  document.getElementById('none').hidden = lines.length > 0;
  drawAxis();
  fill();
  const again = at && buttonAt(at);
  if (again) again.tabIndex = 0;
  if (again && focused) again.focus({preventScroll: true});
}

/** What a button stands for, whatever the width: a subject by its name, or a mark of it. */
function placeOf(button) {
  return {row: button.closest('.line').line.row, mark: button.classList.contains('name') ? null : button.marks[0]};
}

/** The button that stands for it now, alone or together with others; undefined where it is not drawn. */
function buttonAt({row, mark}) {
  const drawn = [...view.drawn].find(([line]) => line.row === row)?.[1];
  return [...drawn?.querySelectorAll('button') || []].find(it => mark ? !it.classList.contains('name') && it.marks.includes(mark) : it.classList.contains('name'));
}

const trackWidth = () => axis.firstElementChild?.clientWidth || chart.clientWidth;

function drawAxis() {
  const scale = element('div', {className: 'track'});
  axis.replaceChildren(scale);
  const grid = element('div', {className: 'grid'}, element('div', {className: 'track'}));
  linesElement.querySelector('.grid')?.remove();
  linesElement.prepend(grid);
  for (const [day, label, year] of ticks(view.from, view.to, scale.clientWidth)) {
    const tick = element('span', {textContent: label, className: year ? 'year' : ''});
    const rule = element('i', {className: year ? 'year' : ''});
    tick.style.left = rule.style.left = percent(day);
    scale.append(tick);
    grid.firstChild.append(rule);
  }
  if (TODAY > view.from && TODAY < view.to) {
    const now = element('i', {className: 'today', title: `today, ${inWords(TODAY_ISO)}`});
    now.style.left = percent(TODAY);
    grid.firstChild.append(now);
  }
}

/** Put the lines in sight into the document, and take the others out; the one that has the focus stays. */
function fill(all = false) {
  const above = chart.scrollTop - BEYOND * HEIGHT.mission;
  const below = chart.scrollTop + chart.clientHeight + BEYOND * HEIGHT.mission;
  const kept = document.activeElement?.closest?.('.line');
  for (const [line, drawn] of view.drawn) {
    if (!all && (line.top + line.height < above || line.top > below) && drawn !== kept) {
      drawn.remove();
      view.drawn.delete(line);
    }
  }
  let low = 0;
  for (let high = view.lines.length; low < high;) {
    const middle = (low + high) >> 1;
    if (view.lines[middle].top + HEIGHT.mission < above) low = middle + 1; else high = middle;
  }
  const width = trackWidth();
  for (let at = low; at < view.lines.length && (all || view.lines[at].top <= below); at++) {
    const line = view.lines[at];
    if (view.drawn.has(line)) continue;
    const drawn = lineElement(line, at, width);
    view.drawn.set(line, drawn);
    linesElement.append(drawn);
  }
  showOpener();
}

function lineElement(line, at, width) {
  const {row} = line;
  const made = attributes(element('div', {className: `line ${line.part ? 'part' : 'mission'}`}), {role: 'row', 'aria-rowindex': at + 1});
  made.style.transform = `translateY(${line.top}px)`;
  made.style.height = `${line.height}px`;
  made.line = line;
  const told = `${row.name}${line.part ? `, contribution to ${GROUP_NAMES.get(row.group)}` : ''}, ${row.status || 'no status known'}, ${row.marks.length} changes`;
  const label = attributes(element('button', {type: 'button', tabIndex: -1, title: row.name, className: 'name'}, row.name), {'aria-label': told});
  label.marks = row.marks;
  const cell = attributes(element('div', {className: 'label'}, label), {role: 'rowheader'});
  if (row.status) cell.append(element('span', {className: `state ${row.status}`, textContent: row.status, ariaHidden: 'true'}));
  made.append(cell, track(line, width));
  return made;
}

function track(line, width) {
  const made = element('div', {className: 'track'});
  for (const bar of line.row.bars) {
    const until = bar.until ?? (bar.status === 'ended' ? bar.first : Math.max(TODAY, bar.first));
    strip(made, `bar ${bar.status}`, bar.first, until);
  }
  const open = line.row.bars.at(-1), last = line.row.marks.filter(it => it.effective && !it.corrected).at(-1);
  if (open && open.status !== 'ended' && last) strip(made, `ahead ${open.status}`, Math.max(TODAY, open.first), dayOf(padded(last.effective)));
  for (const marks of clusters(line.marks, width)) {
    for (const mark of marks.length === 1 ? marks : []) if (mark.last > mark.first) strip(made, 'doubt', mark.first, mark.last + 1);
    made.append(markElement(marks));
  }
  return made;
}

const padded = date => (date + '-12-28').slice(0, 10).replace(/^(\d{4}-\d{2})-12$/, '$1-28');

function strip(into, classes, from, until) {
  const [left, right] = [Math.max(share(from), 0), Math.min(share(until), 1)];
  if (right <= left) return;
  const made = element('i', {className: classes});
  made.style.left = `${(100 * left).toFixed(3)}%`;
  made.style.width = `${(100 * (right - left)).toFixed(3)}%`;
  into.append(made);
}

/** Marks in the order of time, those together that would lie upon each other. */
function clusters(marks, width) {
  const found = [];
  let edge = -Infinity;
  for (const mark of marks) {
    const at = share(mark.day) * width;
    if (at < -8 || at > width + 8) continue;
    if (at - edge < APART) found.at(-1).push(mark);
    else { found.push([mark]); edge = at; }
  }
  return found;
}

function markElement(marks) {
  const [first] = marks, several = marks.length > 1;
  const button = element('button', {type: 'button', tabIndex: -1}, several ? String(marks.length) : sign(first.change));
  button.marks = marks;
  button.title = several ? `${marks.length} changes` : headline(first);
  attributes(button, {'aria-label': `${first.row.name}: ${several ? marks.map(headline).join('; ') : headline(first)}`});
  const cell = attributes(element('div', {className: `mark ${several ? 'several' : first.status}`}, button), {role: 'gridcell'});
  for (const flag of ['late', 'contradicts']) if (marks.some(it => it[flag])) cell.classList.add(flag);
  for (const flag of ['corrected', 'background']) if (marks.every(it => it[flag])) cell.classList.add(flag);
  cell.style.left = percent(first.day);
  return cell;
}

/** A change in one line: what a screen reader says of its mark. */
function headline(mark) {
  const flags = [mark.late && 'known late', mark.contradicts && 'contradicts what is known', mark.corrected && 'put right later', mark.background && 'recalled'];
  return [`${capital(spoken(mark.change))}, ${inWords(mark.occurred)}`, ...flags.filter(Boolean)].join(', ');
}
