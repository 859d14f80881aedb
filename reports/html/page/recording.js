// A recording is YAML of the one shape that ncspec writes (transcripts/format, Recording.Write): a head, then under
// "steps:" an entry for each event, keys in a fixed indentation, octets as a literal block, in quotes, or in base64.

// pageRead is kept once all of the page is there: the recordings stand behind the script.
const pageRead = new Promise((done) => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', done);
  else done();
});

// unpack decompresses the recording that the page holds under an id.
async function unpack(id) {
  await pageRead;
  const data = document.getElementById(id);
  if (!data) throw new Error('the page was cut off before this transcript');
  const packed = bytesOf(atob(data.textContent));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

// readRecording gives the events: {number, at, session, direction, framing, note, octets}; at in milliseconds.
function readRecording(text) {
  const lines = text.split('\n');
  const events = [];
  let step = null;
  for (let i = lines.indexOf('steps:') + 1; i > 0 && i < lines.length; i++) {
    const key = /^(  - |    )([a-z-]+): ?(.*)$/.exec(lines[i]);
    if (!key) continue;
    if (key[1] === '  - ') events.push(step = { number: events.length + 1, at: 0, session: '', direction: 'note', framing: '', note: '', octets: '' });
    if (!step) continue;
    const [value, last] = readValue(lines, i, key[3]);
    i = last;
    take(step, key[2], value);
  }
  return events.filter((event) => !event.open);
}

function take(step, key, value) {
  switch (key) {
    case 'id': step.number = Number(value.replace(/^e/, '')); break;
    case 'at': step.at = Number(value); break;
    case 'open': step.open = true; break;
    case 'session': case 'framing': case 'note': step[key] = value; break;
    case 'raw': step.direction = 'sent'; step.octets = value.octets ?? octetsOf(value); break;
    case 'received': step.direction = 'received'; step.octets = value.octets ?? octetsOf(value); break;
  }
}

// readValue gives the value that begins in line i behind its key, and the last line of it.
function readValue(lines, i, start) {
  const binary = start.startsWith('!!binary ');
  const style = binary ? start.slice(9) : start;
  if (/^\|2?-?$/.test(style)) {
    let last = i;
    while (last + 1 < lines.length && (lines[last + 1].startsWith('      ') || lines[last + 1] === '')) last++;
    while (last > i && lines[last] === '') last--; // those are between two entries
    const block = lines.slice(i + 1, last + 1).map((line) => line.slice(6));
    if (binary) return [{ octets: atob(block.join('')) }, last];
    return [block.join('\n') + (style.endsWith('-') ? '' : '\n'), last];
  }
  if (!style.startsWith('"')) return [style, i];
  const parts = [style];
  let last = i;
  while (lines[last].endsWith('\\') && last + 1 < lines.length) { // so end the lines that the next one goes on
    parts.push(parts.pop().slice(0, -1), lines[++last].replace(/^ +/, ''));
  }
  return [unquote(parts.join('').slice(1, -1)), last];
}

// unquote reads the escapes of a double-quoted YAML scalar.
function unquote(text) {
  const short = { n: '\n', r: '\r', t: '\t', 0: '\0' };
  return text.replace(/\\(?:x([0-9A-F]{2})|u([0-9A-F]{4})|U([0-9A-F]{8})|(.))/g, (_, x, u, long, one) =>
    one === undefined ? String.fromCodePoint(parseInt(x ?? u ?? long, 16)) : short[one] ?? one);
}
