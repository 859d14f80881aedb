// What the XPath expression of a broken demand selects in a message, as octets of that message.

const baseNamespace = 'urn:ietf:params:xml:ns:netconf:base:1.0';

// documentOf parses a message, null where it is no XML.
function documentOf(message) {
  const doc = new DOMParser().parseFromString(textOf(message).replace(/^\ufeff?\s*/, ''), 'text/xml');
  return doc.getElementsByTagName('parsererror').length > 0 ? null : doc;
}

// select gives the nodes of a path; none for what is no path or cannot be evaluated.
function select(doc, path, namespaces) {
  const resolve = (prefix) => (namespaces && Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : prefix === 'nc' ? baseNamespace : null);
  try {
    const result = doc.evaluate(path, doc, resolve, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    return Array.from({ length: result.snapshotLength }, (_, i) => result.snapshotItem(i));
  } catch {
    return [];
  }
}

// pathsIn finds the absolute paths in an expression, such as /a/b in count(/a/b[c = 1]) = 2.
function pathsIn(expression) {
  const paths = [];
  const token = /"[^"]*"|'[^']*'|\[|\]|\(|\)|\/|[,=<>!+|]|\s+|[^"'[\]()\/,=<>!+|\s]+/g;
  let start = -1, depth = 0, before = '';
  const finish = (to) => {
    if (start >= 0) paths.push(expression.slice(start, to).trim());
    start = -1;
  };
  for (const found of expression.matchAll(token)) {
    const text = found[0];
    if (start < 0 && text === '/' && /^$|[(,=<>!+|[\s]$/.test(before)) [start, depth] = [found.index, 0];
    else if (start >= 0) {
      if (text === '[' || text === '(') depth++;
      else if (text === ']' || text === ')') depth--;
      if (depth < 0 || (depth === 0 && /^[,=<>!+|\s]/.test(text))) finish(found.index);
    }
    before = text;
  }
  finish(expression.length);
  return paths;
}

// weaker takes the last condition off a path, or the last step where that has none; '' where nothing is left.
function weaker(path) {
  const conditional = path.endsWith(']');
  let depth = 0, quote = '', cut = 0;
  for (let i = 0; i < path.length; i++) {
    const c = path[i];
    if (quote) { if (c === quote) quote = ''; }
    else if (c === '"' || c === "'") quote = c;
    else if (c === '[' || c === '(') {
      if (conditional && c === '[' && depth === 0) cut = i;
      depth++;
    } else if (c === ']' || c === ')') depth--;
    else if (!conditional && c === '/' && depth === 0 && path[i - 1] !== '/') cut = i;
  }
  return path.slice(0, cut);
}

// locate finds what an expression is about: {nodes, path, exact, steps}. Where it selects nothing, the nearest that is there:
// what its path selects with fewer conditions and steps. steps is how many of them hold.
function locate(doc, expression, namespaces) {
  let best = { nodes: [], path: '', exact: false, steps: 0 };
  const whole = select(doc, expression, namespaces);
  if (whole.length > 0) return { nodes: whole, path: expression, exact: true, steps: Infinity };
  for (const path of pathsIn(expression)) {
    for (let part = path; part; part = weaker(part)) {
      const nodes = select(doc, part, namespaces);
      if (nodes.length === 0) continue;
      const steps = part === path ? Infinity : part.split(/[/[]/).length;
      if (steps > best.steps) best = { nodes, path: part, exact: part === path, steps };
      break;
    }
  }
  return best;
}

// rangesOf gives the octets of nodes in a message: whole elements, or with tags only their start tags.
function rangesOf(message, doc, nodes, tags) {
  const { elements } = tokens(message);
  const order = [...doc.getElementsByTagName('*')];
  if (order.length !== elements.length) return []; // we do not read this message as the browser does
  const ranges = [];
  for (const node of nodes) {
    const owner = node.nodeType === Node.ATTRIBUTE_NODE ? node.ownerElement : node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const place = elements[order.indexOf(owner)];
    if (!place) continue;
    const range = { from: place.from, to: tags ? place.open : place.to };
    if (node.nodeType === Node.ATTRIBUTE_NODE) narrow(range, message, node.name, place);
    ranges.push(range);
  }
  return ranges;
}

// narrow makes a range that of an attribute in a start tag.
function narrow(range, message, name, place) {
  const tag = message.slice(place.from, place.open);
  for (const found of tag.matchAll(/\s([^\s=<>\/]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
    if (textOf(found[1]) !== name) continue;
    range.from = place.from + found.index + 1;
    range.to = place.from + found.index + found[0].length;
  }
}
