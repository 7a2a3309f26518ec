// Without a mouse: one mark has the focus; arrows move it, over lines that are not drawn yet as well.

const stops = drawn => [...drawn.querySelectorAll('button')];

function focusOn(button) {
  chart.querySelector('button[tabindex="0"]')?.setAttribute('tabindex', -1);
  button.tabIndex = 0;
  button.focus({preventScroll: true});
}

/** Move to a line; there to what is nearest to a day, or to its name. */
function goTo(at, day) {
  const line = view.lines[Math.max(0, Math.min(at, view.lines.length - 1))];
  if (!line) return;
  const head = axis.offsetHeight;
  if (line.top < chart.scrollTop) chart.scrollTop = line.top - 8;
  else if (line.top + line.height + head > chart.scrollTop + chart.clientHeight) chart.scrollTop = line.top + line.height + head + 8 - chart.clientHeight;
  fill();
  const [name, ...marks] = stops(view.drawn.get(line));
  const near = day == null ? null : marks.sort((a, b) => Math.abs(a.marks[0].day - day) - Math.abs(b.marks[0].day - day))[0];
  focusOn(near || name);
}

chart.addEventListener('keydown', event => {
  const button = event.target.closest('.line button');
  if (!button || event.altKey || event.ctrlKey || event.metaKey) return;
  const drawn = button.closest('.line'), all = stops(drawn), place = all.indexOf(button), at = view.lines.indexOf(drawn.line);
  const day = place ? button.marks[0].day : null;
  const page = Math.max(1, Math.floor(chart.clientHeight / HEIGHT.mission) - 2);
  const moves = {
    ArrowRight: () => all[place + 1] ? focusOn(all[place + 1]) : null,
    ArrowLeft: () => all[place - 1] ? focusOn(all[place - 1]) : null,
    ArrowDown: () => goTo(at + 1, day),
    ArrowUp: () => goTo(at - 1, day),
    PageDown: () => goTo(at + page, day),
    PageUp: () => goTo(at - page, day),
    Home: () => event.shiftKey ? goTo(0, null) : focusOn(all[0]),
    End: () => event.shiftKey ? goTo(view.lines.length - 1, null) : focusOn(all.at(-1)),
  };
  if (!moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
});

/** One button of the chart can be reached by Tab: the one that had the focus last, or the first. */
function keepReachable() {
  if (!chart.querySelector('button[tabindex="0"]')) chart.querySelector('.line button')?.setAttribute('tabindex', 0);
}
