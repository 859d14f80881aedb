// tokens cuts a message into the parts of its markup, leniently: [{kind, from, to, depth, name}], and lists its elements in
// the order of their start tags: [{name, from, open, to, depth}], open being the end of the start tag.
function tokens(message) {
  const all = [], elements = [], path = [];
  for (let at = 0, faults = 0; at < message.length; at = all.at(-1).to) {
    const token = faults > 100 ? { kind: 'text', to: message.length } : next(message, at);
    if (token.kind === 'fault') [token.kind, faults] = ['text', faults + 1]; // each may have cost a look at all the rest
    all.push(Object.assign(token, { from: at, depth: path.length }));
    if (token.kind === 'close') {
      const element = path.pop();
      if (element) [element.to, token.depth] = [token.to, path.length];
    } else if (token.name) {
      const element = { name: token.name, from: at, open: token.to, to: token.to, depth: path.length };
      elements.push(element);
      if (token.kind === 'open') path.push(element);
    }
  }
  for (const left of path) left.to = message.length;
  return { all, elements };
}

// next gives the token that begins at an offset.
function next(message, at) {
  if (message[at] !== '<') return { kind: 'text', to: until(message, '<', at, 0) };
  for (const [kind, start, end] of [['comment', '<!--', '-->'], ['cdata', '<![CDATA[', ']]>'], ['declaration', '<?', '?>'], ['doctype', '<!', '>']]) {
    if (message.startsWith(start, at)) return { kind, to: until(message, end, at + start.length, end.length) };
  }
  const tag = /<(\/?)([^\s<>\/]+)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/y;
  tag.lastIndex = at;
  const found = tag.exec(message);
  if (!found) return { kind: 'fault', to: until(message, '<', at + 1, 0) };
  const kind = found[1] ? 'close' : found[3].endsWith('/') ? 'empty' : 'open';
  return { kind, to: tag.lastIndex, name: found[2] };
}

// until gives where a text ends that an end closes, or the end of the message; extra is the length of what belongs to it.
function until(message, end, from, extra) {
  const found = message.indexOf(end, from);
  return found < 0 ? message.length : found + extra;
}

// indented gives the tokens with where a line begins: {token, indent}, indent -1 for going on in the line. White space
// between elements is left out; an element with nothing but text in it stays on its line.
function indented(message, all) {
  const shown = all.filter((t) => t.kind !== 'text' || /[^ \t\r\n]/.test(message.slice(t.from, t.to)));
  return shown.map((token, i) => {
    const before = shown[i - 1];
    const goesOn = !before || token.kind === 'text' || before.kind === 'text' || token.kind === 'cdata' || before.kind === 'cdata' ||
      (token.kind === 'close' && before.kind === 'open');
    return { token, indent: goesOn ? -1 : token.depth };
  });
}

const short = (text) => (text.length > 24 ? text.slice(0, 24) + '…' : text);
const local = (name) => name.slice(name.indexOf(':') + 1);

// gist says what a message is, such as "rpc-reply 7: rpc-error lock-denied".
function gist(message) {
  const head = message.slice(0, 20000);
  const { elements } = tokens(head);
  if (elements.length === 0) return '';
  const root = elements[0];
  const id = /\smessage-id\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(head.slice(root.from, root.open));
  let text = local(root.name) + (id ? ' ' + short(id[1] ?? id[2]) : '');
  if (local(root.name) === 'hello') return text;
  const inside = elements.filter((e) => e.depth === 1);
  const names = [...new Set(inside.map((e) => local(e.name)))];
  if (names.length === 0) return text;
  text += ': ' + names.slice(0, 3).join(', ');
  const tag = /<(?:[^\s<>\/:]+:)?error-tag(?:\s[^<>]*)?>\s*([^<\s]{1,40})/.exec(head);
  return names.includes('rpc-error') && tag ? text + ' ' + tag[1] : text;
}
