// Framing of RFC 6242 §4: cuts what went over the wire into marks (chunk headers, end marks), data and what is neither.

// chunked gives the pieces of octets in chunked framing, from an offset on. A size that is 0 or begins with 0 is illegal, but
// tells what was meant.
function* chunked(octets, at) {
  const header = /\n#([0-9]{1,10})\n/y, end = /\n##\n/y, next = /\n#(?:[0-9]|#\n)/g;
  while (at < octets.length) {
    header.lastIndex = end.lastIndex = at;
    const size = header.exec(octets);
    if (size) {
      yield { kind: size[1][0] === '0' ? 'odd' : 'mark', from: at, to: header.lastIndex };
      at = Math.min(header.lastIndex + Number(size[1]), octets.length);
      if (at > header.lastIndex) yield { kind: 'data', from: header.lastIndex, to: at };
    } else if (end.test(octets)) {
      yield { kind: 'end', from: at, to: at + 4 };
      at += 4;
    } else {
      next.lastIndex = at + 1;
      const found = next.exec(octets);
      const to = found ? found.index : octets.length;
      yield { kind: 'stray', from: at, to };
      at = to;
    }
  }
}

// marked gives the pieces of octets in end-of-message framing.
function* marked(octets, at) {
  const mark = ']]>]]>';
  while (at < octets.length) {
    const found = octets.indexOf(mark, at);
    const to = found < 0 ? octets.length : found;
    if (to > at) yield { kind: 'data', from: at, to };
    if (found < 0) return;
    yield { kind: 'end', from: to, to: to + mark.length };
    at = to + mark.length;
  }
}

// deframe gives each event its pieces and, where a message ends in it or is cut off by it, the message. What was sent may
// come in several writes, cut anywhere; what was received is recorded frame by frame.
function deframe(events) {
  const streams = new Map();
  for (const event of events) {
    event.pieces = [];
    if (event.direction === 'note') continue;
    const key = event.direction + ' ' + event.session;
    const open = streams.get(key);
    if (event.direction === 'sent' && open && open.framing === event.framing) {
      open.events.push(event);
      open.octets.push(event.octets);
      continue;
    }
    streams.set(key, { framing: event.framing, events: [event], octets: [event.octets], before: open });
  }
  for (let stream of streams.values()) for (; stream; stream = stream.before) cut(stream);
}

// cut cuts the octets of a stream and hands the pieces to its events.
function cut(stream) {
  const octets = stream.octets.join('');
  let message = null;
  let index = 0, start = 0; // the event that an offset lies in, and its first octet's
  const hand = (piece) => {
    for (let from = piece.from; from < piece.to;) {
      while (from >= start + stream.events[index].octets.length) start += stream.events[index++].octets.length;
      const event = stream.events[index];
      const to = Math.min(piece.to, start + event.octets.length);
      const part = { kind: piece.kind, octets: octets.slice(from, to), at: 0 };
      if (piece.kind === 'data') {
        part.at = message.length;
        message.parts.push(part.octets);
        message.length += part.octets.length;
      }
      if (message) message.last = event;
      event.pieces.push(part);
      event.part = event.part ?? message;
      from = to;
    }
  };
  for (const piece of stream.framing === 'chunked' ? chunked(octets, 0) : marked(octets, 0)) {
    if (!message && piece.kind !== 'stray') message = { parts: [], length: 0, last: null, whole: false };
    hand(piece);
    if (piece.kind !== 'end') continue;
    close(message, true);
    message = null;
  }
  if (message) close(message, false);
}

function close(message, whole) {
  message.whole = whole;
  message.octets = message.parts.join('');
  (message.last.messages ??= []).push(message);
}
