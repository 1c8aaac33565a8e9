// Changes in the text of a file that leave every other line byte for byte: comments, order and spacing stay.
import { isMap as isMapNode, isScalar, isSeq } from "./yaml/index.js";
import { dataOf, isEmpty, read } from "./reading.js";
import { same } from "./same.js";
import { entryLines, isMap, itemLines, toYaml } from "./writing.js";

/** The text with other data; where lines cannot be kept apart the whole is written anew. */
export function patch(text, { document, data: before }, data) {
  if (same(before, data)) return text;
  const plain = text.replaceAll("\r\n", "\n");
  const root = plain === text ? document.contents : read(plain).document.contents;
  const result = isFlow(root) ? toYaml(data) : blockOfKeys({ text: plain, start: 0, end: plain.length }, root, data, 0);
  const right = same(read(result)?.data, data) ? result : toYaml(data);
  return plain === text ? right : right.replaceAll("\n", "\r\n");
}

/** The lines of a block of keys, of which `part` is the place in the text. */
function blockOfKeys(part, node, data, indent) {
  const pieces = inPieces(part, node.items.map((pair) => ({ key: pair.key.value, from: pair.key, node: pair.value })));
  const kept = pieces.items.filter((piece) => piece.key in data);
  const result = kept.map((piece) => ({ key: piece.key, text: changed(part.text, piece, data[piece.key], indent) }));
  const order = Object.keys(data);
  for (const key of order.filter((name) => !kept.some((piece) => piece.key === name))) {
    const before = order.slice(0, order.indexOf(key));
    const at = result.findLastIndex((piece) => before.includes(piece.key)) + 1;
    result.splice(at, 0, { key, text: asText(entryLines(key, data[key], indent, indent === 0)) });
  }
  return joined(pieces.head, result);
}

/** The lines of a key: as they are, changed inside, or anew. */
function changed(text, piece, value, indent) {
  if (piece.node && same(dataOf(piece.node), value)) return piece.text;
  const inside = piece.node && !isFlow(piece.node) && isWhole(piece);
  if (inside && isMapNode(piece.node) && isMap(value)) {
    return lineOf(piece) + blockOfKeys(within(text, piece), piece.node, value, columnOf(text, piece.node));
  }
  if (inside && isSeq(piece.node) && Array.isArray(value)) {
    return lineOf(piece) + blockOfItems(within(text, piece), piece.node, value);
  }
  return anew(text, piece, entryLines(piece.key, value, indent, indent === 0));
}

/** The lines of a list: items that stay keep theirs. */
function blockOfItems(part, node, list) {
  const nodes = node.items.filter((item) => !isEmpty(dataOf(item)));
  const pieces = inPieces(part, nodes.map((item) => ({ from: item, node: item })));
  const olds = pieces.items.map((piece) => ({ ...piece, data: dataOf(piece.node) }));
  const indent = dashOf(part.text, nodes[0]);
  const pairs = aligned(olds.map((old) => old.data), list);
  const result = pairs.map(([old, index]) => {
    if (old === null) return { text: asText(itemLines(list[index], indent)) };
    if (same(olds[old].data, list[index])) return { text: olds[old].text };
    return { text: changedItem(part.text, olds[old], list[index], indent) };
  });
  return joined(pieces.head, result);
}

/** The lines of an item: those of its keys apart where comments stand between them, else anew. */
function changedItem(text, piece, value, indent) {
  const inside = text.slice(piece.start, endOf(text, piece.node, piece.start));
  const before = inside.slice(0, piece.node.range[0] - piece.start);
  if (!isMapNode(piece.node) || isFlow(piece.node) || !/\s#/.test(inside) || !/^ *- +$/.test(before)) {
    return anew(text, piece, itemLines(value, indent));
  }
  const dash = piece.start + indent;
  const apart = `${text.slice(0, dash)} ${text.slice(dash + 1)}`;
  const lines = blockOfKeys({ text: apart, start: piece.start, end: piece.end }, piece.node, value, before.length);
  return `${lines.slice(0, indent)}-${lines.slice(indent + 1)}`;
}

/** Each item of the new list with the old one that it comes from (null: none): the equal ones, and between those as many
 * as there are. */
function aligned(olds, list) {
  const result = [];
  let from = 0;
  list.forEach((item, index) => {
    const equal = olds.findIndex((old, at) => at >= from && same(old, item));
    const rest = list.slice(index + 1);
    const next = olds.findIndex((old, at) => at >= from && rest.some((other) => same(old, other)));
    const room = (next < 0 ? olds.length : next) - from;
    const ahead = next < 0 ? rest.length : rest.findIndex((other) => same(olds[next], other));
    const old = equal >= 0 ? equal : room > ahead ? from : null;
    if (old !== null) from = old + 1;
    result.push([old, index]);
  });
  return result;
}

// Pieces of the text: the lines of a key or an item, and the comments below it that stay.

function inPieces(part, items) {
  const starts = items.map((item) => lineStart(part.text, item.from.range[0]));
  return {
    head: part.text.slice(part.start, starts[0] ?? part.end),
    items: items.map((item, index) => {
      const end = starts[index + 1] ?? part.end;
      return { ...item, start: starts[index], end, text: part.text.slice(starts[index], end) };
    }),
  };
}

function joined(head, pieces) {
  return pieces.reduce((text, piece) => (text && !text.endsWith("\n") ? `${text}\n` : text) + piece.text, head);
}

/** New lines in the place of a piece, with what stood behind and below it. */
function anew(text, piece, lines) {
  const last = piece.node ? endOf(text, piece.node, piece.start) : piece.from.range[1];
  const newline = text.indexOf("\n", last);
  const endOfLine = newline < 0 || newline > piece.end ? piece.end : newline;
  const behind = /^\s+#.*/.exec(text.slice(last, endOfLine))?.[0] ?? "";
  const [first, ...rest] = lines;
  const below = text.slice(Math.min(endOfLine + 1, piece.end), piece.end);
  return asText([`${first}${behind}`, ...rest]) + below;
}

function within(text, piece) {
  return { text, start: piece.start + lineOf(piece).length, end: piece.end };
}

/** Whether the value begins on the line below its key. */
function isWhole(piece) {
  return piece.node.range[0] >= piece.start + lineOf(piece).length;
}

function lineOf(piece) {
  return piece.text.slice(0, piece.text.indexOf("\n") + 1);
}

function lineStart(text, index) {
  return text.lastIndexOf("\n", index - 1) + 1;
}

function columnOf(text, node) {
  return node.range[0] - lineStart(text, node.range[0]);
}

/** Where the dash of an item stands. */
function dashOf(text, node) {
  return text.slice(lineStart(text, node.range[0])).search(/\S/);
}

/** Where a value ends: not behind the lines and comments that follow a block. */
function endOf(text, node, start) {
  if (!isFlow(node) && (isMapNode(node) || isSeq(node)) && node.items.length) {
    const last = node.items.at(-1);
    return isMapNode(node) ? endOf(text, last.value ?? last.key, start) : endOf(text, last, start);
  }
  const end = node.range[1];
  return isScalar(node) && node.type?.startsWith("BLOCK") ? start + text.slice(start, end).trimEnd().length : end;
}

function isFlow(node) {
  return !isScalar(node) && Boolean(node.flow);
}

function asText(lines) {
  return lines.map((line) => `${line}\n`).join("");
}
