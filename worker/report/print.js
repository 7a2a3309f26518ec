// On paper: every line of the chart, and every change that is shown with its quotes beneath its mission.

const paper = document.getElementById('print');

addEventListener('beforeprint', () => {
  paper.replaceChildren(...view.lines.filter(line => line.marks.length).map(line => {
    const {row} = line;
    const name = line.part ? `${GROUP_NAMES.get(row.group)}: ${row.name}` : row.name;
    const bars = element('div', {className: 'line'}, track(line, 900));
    return element('section', {}, element('h2', {}, name), about(row), years(), bars, ...line.marks.map(change));
  }));
});
function years() {
  return element('div', {className: 'years'}, ...ticks(view.from, view.to, 640).map(([day, label]) => {
    const tick = element('span', {textContent: label});
    tick.style.left = percent(day);
    return tick;
  }));
}

addEventListener('afterprint', () => paper.replaceChildren());
