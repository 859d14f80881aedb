// Octets are strings here, one character an octet: framing counts octets, and XML's markup is ASCII in UTF-8.

const utf8 = new TextEncoder();

// octetsOf gives the octets of a text in UTF-8.
function octetsOf(text) {
  const bytes = utf8.encode(text);
  const parts = [];
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return parts.join('');
}

// bytesOf is the way back from a string of octets to bytes.
function bytesOf(octets) {
  const bytes = new Uint8Array(octets.length);
  for (let i = 0; i < octets.length; i++) bytes[i] = octets.charCodeAt(i);
  return bytes;
}

// textOf decodes UTF-8; what is none becomes U+FFFD.
function textOf(octets) {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(octets));
}

// characters cuts octets into [text, octet] pairs: valid UTF-8 as text, an octet that is none by itself.
function characters(octets) {
  const pairs = [];
  const valid = /(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,4096}|[^]/gy;
  for (const [piece] of octets.matchAll(valid)) {
    const alone = piece.length === 1 && piece >= '\x80';
    pairs.push(alone ? ['', piece.charCodeAt(0)] : [textOf(piece), 0]);
  }
  return pairs;
}

// What a screen would not show, would act on, or would reorder the text for.
const invisible = /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g;

const controls = ('NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US').split(' ');

// symbolOf names a character that cannot be seen, control characters as ASCII does.
function symbolOf(character) {
  const code = character.codePointAt(0);
  if (code < controls.length) return controls[code];
  if (code === 0x7f) return 'DEL';
  return 'U+' + code.toString(16).toUpperCase().padStart(4, '0');
}

// element makes an element with a class and children, which are nodes or texts.
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// appendVisible appends octets as text in which every character can be seen. With breaks, a line feed shows as a symbol
// and breaks the line too; without, line feeds and tabs only do what they do.
function appendVisible(to, octets, breaks) {
  for (const [text, octet] of characters(octets)) {
    if (text === '') {
      to.append(element('span', 'ctl bad', '\\x' + octet.toString(16).padStart(2, '0')));
      continue;
    }
    let from = 0;
    for (const found of text.matchAll(invisible)) {
      const character = found[0];
      if (!breaks && (character === '\n' || character === '\t')) continue;
      to.append(text.slice(from, found.index), element('span', 'ctl', symbolOf(character)));
      if (character === '\n') to.append('\n');
      from = found.index + 1;
    }
    to.append(text.slice(from));
  }
}
