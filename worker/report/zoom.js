// A closer look: what is dragged over on the axis becomes the years of the form, as if they had been typed.

let dragged = null;

axis.addEventListener('pointerdown', event => {
  const scale = axis.firstElementChild;
  if (event.button || !scale.contains(event.target)) return;
  dragged = {scale, start: event.clientX, box: element('i', {className: 'chosen'})};
  scale.append(dragged.box);
  axis.setPointerCapture(event.pointerId);
});
axis.addEventListener('pointermove', event => {
  if (!dragged) return;
  const {scale, start, box} = dragged, left = scale.getBoundingClientRect().left;
  box.style.left = `${Math.min(start, event.clientX) - left}px`;
  box.style.width = `${Math.abs(event.clientX - start)}px`;
});
axis.addEventListener('pointerup', event => {
  if (!dragged) return;
  const {scale, start, box} = dragged, {left, width} = scale.getBoundingClientRect();
  dragged = null;
  box.remove();
  if (Math.abs(event.clientX - start) < 5) return;
  const days = [start, event.clientX].map(x => view.from + (x - left) / width * (view.to - view.from)).sort((a, b) => a - b);
  [form.elements.from.value, form.elements.to.value] = days.map(yearOf);
  form.dispatchEvent(new Event('input'));
});
axis.addEventListener('pointercancel', () => { dragged?.box.remove(); dragged = null; });
