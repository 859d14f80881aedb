// The page: its address, its keys, its theme.

let place = ''; // the id in the address

// follow goes where the address says: #id, #?filters or #id?filters. An id alone leaves the filters as they are.
function follow() {
  const [id, query] = splitHash(location.hash.slice(1));
  place = id;
  if (query !== null) {
    wanted = filtersIn(query);
    applyFilters();
    showFilters();
  }
  if (id) visit(id);
  else if (query !== null && filterQuery()) document.getElementById('filters').scrollIntoView();
  remember();
}

function splitHash(hash) {
  const at = hash.indexOf('?');
  const id = at < 0 ? hash : hash.slice(0, at);
  return [decode(id), at < 0 ? null : hash.slice(at + 1)];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// visit opens a row, or a section, and goes there. id@7 is the seventh event of a spec's transcript.
function visit(id) {
  const [, owner, event] = /^(.*?)(@\d+)?$/s.exec(id);
  const target = document.getElementById(owner);
  if (!target) return;
  if (target.matches('details.row')) {
    if (target.hidden) clearFilters();
    target.open = true;
    for (const other of document.querySelectorAll('.is-here')) other.classList.remove('is-here');
    target.classList.add('is-here');
    target.querySelector('summary').focus({ preventScroll: true });
  }
  target.scrollIntoView({ block: 'start' });
  const transcript = event && target.querySelector('.transcript');
  if (!transcript) return;
  const reach = () => document.getElementById(id)?.scrollIntoView({ block: 'center' });
  transcript.addEventListener('transcript', reach, { once: true });
  openTranscript(transcript);
  reach();
}

// remember writes the place and the filters into the address.
function remember() {
  const hash = (place ? encodeURI(place) : '') + filterQuery();
  const now = location.hash.slice(1);
  if (hash !== now) history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
}

function clearFilters() {
  wanted = noFilter();
  applyFilters();
  showFilters();
}

// The filters in the form.
const form = document.getElementById('filters');

function filtersChanged() {
  readFilters();
  applyFilters();
  place = '';
  remember();
}

let typing = 0;
form.addEventListener('input', (event) => {
  clearTimeout(typing);
  if (event.target === field('text')) typing = setTimeout(filtersChanged, 120);
  else filtersChanged();
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => {
  event.preventDefault();
  place = '';
  clearFilters();
  remember();
});

// Keys.
const help = document.getElementById('help');

function move(step) {
  const shown = rows.filter((one) => !one.row.hidden).map((one) => one.row);
  if (shown.length === 0) return;
  const here = document.activeElement.closest('details.row') ?? document.querySelector('.is-here:not([hidden])');
  const at = here ? shown.indexOf(here) + step : step > 0 ? 0 : shown.length - 1;
  const next = shown[Math.max(0, Math.min(shown.length - 1, at))];
  for (const other of document.querySelectorAll('.is-here')) other.classList.remove('is-here');
  next.classList.add('is-here');
  next.querySelector('summary').focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function escape() {
  if (document.activeElement === field('text')) field('text').blur();
  else form.reset();
}

const keys = {
  '/': () => field('text').focus(), j: () => move(1), k: () => move(-1), o: () => nextView(), t: () => nextTheme(),
  '?': () => help.showModal(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.key === 'Escape') return escape();
  if (event.target.closest('input, select, textarea')) return;
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
document.getElementById('help-open').addEventListener('click', () => help.showModal());

// The cells of the pictures: one of each is in the order of the Tab key, the arrows go on from there.
for (const picture of document.querySelectorAll('svg.cells')) {
  const cells = [...picture.querySelectorAll('a')];
  if (cells.length > 0) cells[0].setAttribute('tabindex', '0');
  picture.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = cells.indexOf(document.activeElement.closest('a'));
    if (!step || at < 0 || !cells[at + step]) return;
    event.preventDefault();
    cells[at].setAttribute('tabindex', '-1');
    cells[at + step].setAttribute('tabindex', '0');
    cells[at + step].focus();
  });
}

// What a reader has chosen stays, where the browser keeps it for a page from the disk.
function kept(name, otherwise) {
  try {
    return localStorage.getItem('ncspec-' + name) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem('ncspec-' + name, value);
  } catch {
    // then it lasts as long as the page
  }
}

const after = (list, value) => list[(list.indexOf(value) + 1) % list.length];

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.querySelector('#theme span').textContent = theme;
}

function nextTheme() {
  setTheme(after(['system', 'light', 'dark'], document.documentElement.dataset.theme));
  keep('theme', document.documentElement.dataset.theme);
}
document.getElementById('theme').addEventListener('click', nextTheme);

function setView(view) {
  document.documentElement.dataset.view = view;
  for (const button of document.querySelectorAll('button[data-view]')) button.setAttribute('aria-pressed', String(button.dataset.view === view));
}

function nextView() {
  setView(after(['messages', 'octets', 'both'], document.documentElement.dataset.view));
  keep('view', document.documentElement.dataset.view);
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-view]');
  if (!button) return;
  setView(button.dataset.view);
  keep('view', button.dataset.view);
});

// Transcripts are read when they come into view.
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) openTranscript(entry.target);
}, { rootMargin: '400px' });
document.addEventListener('transcript', () => setView(document.documentElement.dataset.view));

setTheme(kept('theme', 'system'));
setView(kept('view', 'messages'));
for (const hidden of document.querySelectorAll('.bar-actions, #filters')) hidden.hidden = false;
applyFilters();
follow();
addEventListener('hashchange', follow);
pageRead.then(() => document.querySelectorAll('.transcript[data-recording]').forEach((transcript) => seen.observe(transcript)));
