// The quotes and sources of a mark, beside the chart.

const details = document.getElementById('details');
let opener = null;

const BADGES = {
  late: ['known late', 'Later changes were known already when this one was reported.'],
  contradicts: ['contradicts', 'It does not fit what is known before or after it.'],
  corrects: ['corrects', 'It puts another change of the same subject right.'],
  corrected: ['put right', 'A later report gives another date, or reverses the decision.'],
  background: ['recalled', 'Articles only recall it; none reports it as news.'],
};

function open(button) {
  const {marks} = button, {row} = marks[0] || {};
  if (!row) return;
  chart.querySelector('button[aria-expanded]')?.removeAttribute('aria-expanded');
  opener = placeOf(button);
  const title = element('h2', {}, row.name);
  const close = element('button', {type: 'button', className: 'close', ariaLabel: 'Close', title: 'Close (Escape)'}, '×');
  close.addEventListener('click', shut);
  details.replaceChildren(element('header', {}, element('div', {}, title, about(row)), close), ...marks.map(change));
  details.hidden = false;
  showOpener();
  document.body.classList.add('open');
  details.scrollTop = 0;
  details.focus({preventScroll: true});
}

/** Show which mark is open; again when it is drawn anew. */
function showOpener() {
  if (!details.hidden) buttonAt(opener)?.setAttribute('aria-expanded', 'true');
}

function shut() {
  if (details.hidden) return;
  details.hidden = true;
  document.body.classList.remove('open');
  chart.querySelector('button[aria-expanded]')?.removeAttribute('aria-expanded');
  (buttonAt(opener) || chart.querySelector('button[tabindex="0"]'))?.focus({preventScroll: true});
}

function about(row) {
  const group = GROUP_NAMES.get(row.group);
  const parts = [
    row.scope === 'contribution' ? `Contribution to ${group}` : row.kind && `${capital(row.kind)} mission`,
    row.status && `${row.status}${row.since ? ` since ${inWords(row.since)}` : ''}`,
    row.predecessor && `follows ${row.predecessor}`,
    row.successor && `followed by ${row.successor}`,
  ];
  return element('p', {className: 'about'}, parts.filter(Boolean).join(' · '));
}

/** A change with all that is known of it. */
function change(mark) {
  const badges = Object.entries(BADGES).filter(([flag]) => mark[flag])
    .map(([flag, [text, title]]) => element('span', {className: `badge ${flag}`, title}, text));
  const heading = element('h3', {}, sign(mark.change), ` ${capital(spoken(mark.change))} `, element('time', {}, inWords(mark.occurred)));
  heading.classList.add(mark.status);
  return element('article', {className: 'change'}, heading,
    badges.length ? element('p', {className: 'badges'}, ...badges) : '', facts(mark), ...mark.quotes.map(quote), more(mark));
}

function facts(mark) {
  const known = [
    ['Status', mark.before && mark.before !== mark.status ? `${mark.before} → ${mark.status}` : mark.status],
    ['Effective', mark.effective && inWords(mark.effective)],
    ['Actors', listed(mark.actors)],
    ['Theatre', listed(mark.theatre)],
    ['Moves to', mark.relocated_to && nameOf(mark.relocated_to)],
    ['Because of', (mark.reasons || []).map(spoken).join(', ')],
    ['Troops', (mark.troops || []).map(it => `${it.qualifier === 'exact' ? '' : it.qualifier + ' '}${it.count.toLocaleString('en')} of ${nameOf(it.actor)} in ${nameOf(it.place)}`).join('; ')],
    ['Confidence', `${Math.round(100 * mark.confidence)} %`],
  ];
  const items = known.filter(([, value]) => value).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element('dl', {}, ...items);
}

function quote(it) {
  const words = element('blockquote', {}, it.text.replace(/\s+/g, ' '));
  if (it.language) words.lang = it.language;
  const name = it.title || it.source || 'Untitled article';
  const title = /^https?:\/\//i.test(it.url || '') ? element('a', {href: it.url, rel: 'noreferrer noopener', target: '_blank'}, name) : name;
  const origin = [it.title && it.source, inWords(it.published), it.background && 'recalled'].filter(Boolean).join(', ');
  const cite = element('figcaption', {}, title, ` · ${origin}`, element('small', {}, it.rule));
  return element('figure', {}, words, cite);
}

function more(mark) {
  const kept = new Set(mark.quotes.map(it => `${it.title}\n${it.url}\n${it.published}`)).size;
  const rest = mark.sources - kept;
  return rest > 0 ? element('p', {className: 'more'}, `and ${rest} more ${rest === 1 ? 'source' : 'sources'}`) : '';
}

document.addEventListener('keydown', event => { if (event.key === 'Escape') shut(); });
chart.addEventListener('click', event => {
  const button = event.target.closest('.line button');
  if (button) { focusOn(button); open(button); }
});
