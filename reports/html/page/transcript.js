// A transcript: what went over the wire of one spec, event by event.

const firstPart = 16 << 10; // octets of an event that are shown at once; more are shown when asked for

// openTranscript fills the place of a transcript, once.
async function openTranscript(place) {
  if (!place.dataset.recording || place.dataset.state) return;
  place.dataset.state = 'loading';
  try {
    const events = readRecording(await unpack(place.dataset.recording));
    if (events.length === 0) throw new Error('it holds no event that this page can read');
    deframe(events);
    judge(events, JSON.parse(place.dataset.where || '[]'));
    place.replaceChildren(transcriptBar(events, place.dataset.spec), eventList(events, place.dataset.spec));
    place.dataset.state = 'open';
  } catch (problem) {
    place.dataset.state = 'failed';
    place.replaceChildren(element('p', 'wait', `This transcript cannot be shown: ${problem.message}. The file beside the page has it.`));
  }
  place.dispatchEvent(new CustomEvent('transcript', { bubbles: true }));
}

// judge finds for each broken demand the message that it judged, and in it what its expression selects.
function judge(events, places) {
  const received = events.filter((event) => event.direction === 'received' && event.messages);
  for (const place of places) {
    const found = place.event > 0 ? received.find((event) => event.number === place.event) : guess(received, place);
    if (!found) continue;
    const message = found.messages.at(-1);
    (found.judged ??= []).push({ place, message, ...marksIn(message.octets, place) });
  }
}

// guess gives the last event in which the expression finds most.
function guess(received, place) {
  let best = null, most = 0;
  for (const event of received) {
    const doc = documentOf(event.messages.at(-1).octets);
    const { steps } = doc ? locate(doc, place.xpath, place.namespaces) : { steps: 0 };
    if (steps > 0 && steps >= most) [best, most] = [event, steps];
  }
  return best;
}

// marksIn gives the octets of a message that a demand is about, and says in words what they are.
function marksIn(message, place) {
  if (!place.xpath) return { ranges: [], said: 'judged as a whole' };
  const doc = documentOf(message);
  if (!doc) return { ranges: [], said: 'this message cannot be read as XML, so the expression finds nothing' };
  const { nodes, path, exact } = locate(doc, place.xpath, place.namespaces);
  if (nodes.length === 0) return { ranges: [], said: 'selects nothing here, and nothing above it is there' };
  const ranges = rangesOf(message, doc, nodes, !exact).map((range) => ({ ...range, exact }));
  if (exact) return { ranges, said: path === place.xpath ? 'selects what is marked' : `${path} selects what is marked` };
  return { ranges, said: `selects nothing here; the nearest that is there is marked: ${path}` };
}

function transcriptBar(events, spec) {
  const bar = element('div', 'transcript-bar');
  const group = element('div', 'views');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Show');
  for (const [view, word] of [['messages', 'Messages'], ['octets', 'Octets'], ['both', 'Both']]) {
    const button = element('button', '', word);
    button.type = 'button';
    button.dataset.view = view;
    group.append(button);
  }
  bar.append(group, judgedLinks(events, spec), element('p', 'key', element('span', 'sent-key', '→ to the server'), element('span', 'received-key', '← from the server'),
    element('span', 'note-key', 'harness')));
  return bar;
}

// judgedLinks leads to the messages that broken demands judged.
function judgedLinks(events, spec) {
  const links = element('p', 'judged-in');
  for (const { number } of events.filter((event) => event.judged)) {
    const link = element('a', '', String(number));
    link.href = '#' + encodeURI(`${spec}@${number}`);
    links.append(links.childNodes.length ? ', ' : 'Judged: ', link);
  }
  return links;
}

function eventList(events, spec) {
  const list = element('ol', 'events');
  const sessions = [...new Set(events.map((event) => event.session).filter(Boolean))];
  let before = 0;
  for (const event of events) {
    if (event.at - before >= 500) list.append(element('li', 'gap', `${duration(event.at - before)} pass`));
    before = event.at;
    list.append(eventItem(event, sessions, spec));
  }
  return list;
}

function eventItem(event, sessions, spec) {
  const item = element('li', 'event ' + event.direction);
  item.id = `${spec}@${event.number}`;
  const anchor = element('a', 'number', String(event.number));
  anchor.href = '#' + encodeURI(item.id);
  item.append(anchor);
  const head = eventHead(event, sessions);
  if (event.direction === 'note') {
    head.append(visible('span', 'note', event.note));
    item.append(head);
    return item;
  }
  head.append(visible('span', 'gist', summary(event)),
    element('span', 'size', `${event.octets.length.toLocaleString('en')} octets${event.framing ? ', ' + event.framing : ''}`));
  const fold = element('details', '', head);
  fold.open = Boolean(event.judged) || !isHello(event); // every session begins with them
  if (event.note) fold.append(visible('p', 'note', event.note));
  for (const one of event.judged ?? []) fold.append(judgement(one));
  if (event.judged) item.classList.add('is-judged');
  fold.append(messageView(event), octetView(event));
  item.append(fold);
  return item;
}

// eventHead is the line that says when an event was, on which session, and which way it went.
function eventHead(event, sessions) {
  const arrow = element('span', 'arrow', { sent: '→', received: '←', note: '·' }[event.direction]);
  arrow.setAttribute('role', 'img');
  arrow.setAttribute('aria-label', { sent: 'to the server', received: 'from the server', note: 'harness' }[event.direction]);
  const head = element(event.direction === 'note' ? 'p' : 'summary', 'event-head', element('span', 'at', event.at.toFixed(3) + ' ms'), arrow);
  if (event.session) head.append(visible('span', `session s${sessions.indexOf(event.session) % 6}`, event.session));
  return head;
}

const isHello = (event) => event.messages?.length === 1 && gist(event.messages[0].octets) === 'hello';

const visible = (name, className, text) => {
  const made = element(name, className);
  appendVisible(made, octetsOf(text), false);
  return made;
};

// summary says what an event carries.
function summary(event) {
  if (event.messages) return event.messages.map((m) => gist(m.octets) + (m.whole ? '' : ' (no end)')).join(' · ');
  return event.part ? 'part of a message' : 'octets of no message';
}

function judgement({ place, said }) {
  const line = element('p', 'judged');
  if (place.requirement) line.append(element('code', '', place.requirement), ' ');
  if (place.xpath) line.append('XPath ', visible('code', '', place.xpath), ' ');
  line.append(visible('span', '', said));
  return line;
}

// messageView shows the messages that end in an event, decoded and indented.
function messageView(event) {
  const view = element('div', 'view-messages');
  for (const message of event.messages ?? []) {
    const ranges = (event.judged ?? []).filter((j) => j.message === message).flatMap((j) => j.ranges);
    view.append(growing(message.length, (to, limit) => appendMessage(to, message.octets, ranges, limit)));
  }
  if (!event.messages) view.append(element('p', 'wait', event.part ? 'The message ends in a later event.' : 'No message: see the octets.'));
  return view;
}

function appendMessage(to, octets, ranges, limit) {
  const layout = indented(octets, tokens(octets.slice(0, limit)).all);
  layout.forEach(({ token, indent }, i) => {
    if (indent >= 0 && i > 0) to.append('\n' + '  '.repeat(Math.min(indent, 40)));
    const line = element('span', 'x-' + token.kind);
    appendMarked(line, octets, token.from, token.to, ranges, false);
    to.append(line);
  });
}

// octetView shows the octets of an event as they were on the wire.
function octetView(event) {
  const message = event.messages?.at(-1);
  const ranges = (event.judged ?? []).flatMap((j) => j.ranges);
  return element('div', 'view-octets', growing(event.octets.length, (to, limit) => {
    for (const piece of event.pieces) {
      if (limit <= 0) break;
      const octets = piece.octets.slice(0, limit);
      limit -= octets.length;
      const span = element('span', 'o-' + piece.kind);
      const own = piece.kind === 'data' && message ? ranges.map((r) => ({ ...r, from: r.from - piece.at, to: r.to - piece.at })) : [];
      appendMarked(span, octets, 0, octets.length, own, true);
      to.append(span);
    }
  }));
}

// appendMarked appends octets from..to, with those in the ranges marked.
function appendMarked(to, octets, from, end, ranges, breaks) {
  const cuts = ranges.flatMap((r) => [r.from, r.to]).filter((at) => at > from && at < end);
  for (const cut of [...new Set(cuts), end].sort((a, b) => a - b)) {
    const range = ranges.find((r) => r.from <= from && r.to >= cut);
    const into = range ? element('mark', range.exact ? 'hit' : 'near') : to;
    appendVisible(into, octets.slice(from, cut), breaks);
    if (range) to.append(into);
    from = cut;
  }
}

// growing is a pre that shows the first part of something long, and more when asked.
function growing(length, fill) {
  const box = element('div', 'growing');
  const draw = (limit) => {
    const pre = element('pre');
    try {
      fill(pre, limit);
    } catch (problem) {
      pre.append(`Cannot be shown: ${problem.message}`);
    }
    box.replaceChildren(pre);
    if (limit >= length) return;
    const more = element('button', 'more', `Show more: ${limit.toLocaleString('en')} of ${length.toLocaleString('en')} octets are shown`);
    more.type = 'button';
    more.addEventListener('click', () => draw(limit * 8));
    box.append(more);
  };
  draw(firstPart);
  return box;
}

const duration = (ms) => (ms >= 1000 ? (ms / 1000).toFixed(2) + ' s' : ms.toFixed(0) + ' ms');
