// Filters over the rows: requirements and specs.

const rows = [...document.querySelectorAll('details.row')].map((row) => ({
  row, verdict: row.dataset.verdict, level: row.dataset.level, rfcs: row.dataset.rfc.split(' '), suites: row.dataset.suite.split(' '),
  kind: row.classList.contains('spec') ? 'spec' : 'requirement', text: null,
}));

const noFilter = () => ({ verdict: [], level: '', rfc: '', suite: '', text: '' });
let wanted = noFilter();

// passes tells whether a row passes the filters.
function passes(one) {
  return (wanted.verdict.length === 0 || wanted.verdict.includes(one.verdict)) && (!wanted.level || one.level === wanted.level) &&
    (!wanted.rfc || one.rfcs.includes(wanted.rfc)) && (!wanted.suite || one.suites.includes(wanted.suite)) && holdsText(one);
}

// holdsText looks for each word in what a row says, transcripts left out.
function holdsText(one) {
  if (!wanted.text) return true;
  one.text ??= textIn(one.row).toLowerCase();
  return wanted.text.toLowerCase().split(/\s+/).every((word) => one.text.includes(word));
}

function textIn(row) {
  const copy = row.cloneNode(true);
  for (const transcript of copy.querySelectorAll('.transcript')) transcript.remove();
  return copy.textContent;
}

// applyFilters shows the rows that pass, and the groups that have any.
function applyFilters() {
  const shown = { requirement: 0, spec: 0 }, all = { requirement: 0, spec: 0 };
  for (const one of rows) {
    const pass = passes(one);
    if (one.row.hidden === pass) one.row.hidden = !pass;
    all[one.kind]++;
    if (pass) shown[one.kind]++;
  }
  for (const name of ['.subgroup', '.group']) {
    for (const group of document.querySelectorAll(name)) {
      const empty = !group.querySelector('details.row:not([hidden])');
      if (group.hidden !== empty) group.hidden = empty;
    }
  }
  for (const kind of ['requirement', 'spec']) {
    const some = shown[kind] < all[kind];
    document.getElementById(`n-${kind}`).textContent = `${shown[kind]} ${kind}${shown[kind] === 1 ? '' : 's'}`;
    document.querySelector(`[data-tally=${kind}]`).textContent = some ? `${shown[kind]} of ${all[kind]}` : String(all[kind]);
    document.querySelector(`#${kind}s > .none`).hidden = shown[kind] > 0;
  }
}

const field = (name) => document.getElementById('f-' + name);

// showFilters puts the filters into the form.
function showFilters() {
  for (const name of ['level', 'rfc', 'suite', 'text']) if (field(name).value !== wanted[name]) field(name).value = wanted[name];
  for (const box of document.querySelectorAll('#filters [name=verdict]')) box.checked = wanted.verdict.includes(box.value);
}

// readFilters takes the filters from the form.
function readFilters() {
  for (const name of ['level', 'rfc', 'suite']) wanted[name] = field(name).value;
  wanted.text = field('text').value.trim();
  wanted.verdict = [...document.querySelectorAll('#filters [name=verdict]:checked')].map((box) => box.value);
}

// filtersIn reads the filters of an address, as in ?level=MUST&verdict=violation,error.
function filtersIn(query) {
  const values = new URLSearchParams(query);
  const found = noFilter();
  for (const name of ['level', 'rfc', 'suite', 'text']) found[name] = values.get(name) ?? '';
  found.verdict = (values.get('verdict') ?? '').split(',').filter(Boolean);
  return found;
}

// filterQuery is the way back, '' for no filter.
function filterQuery() {
  const values = new URLSearchParams();
  for (const name of ['level', 'rfc', 'suite', 'text']) if (wanted[name]) values.set(name, wanted[name]);
  if (wanted.verdict.length > 0) values.set('verdict', wanted.verdict.join(','));
  const query = values.toString();
  return query ? '?' + query : '';
}
