// YAML → plain data, read as strictly as woontraject reads it: dates, hours, `no` and `012` are text.
import { isAlias, isMap, isScalar, isSeq, parseDocument, visit } from "./yaml/index.js";

const WORDS = { true: true, True: true, TRUE: true, false: false, False: false, FALSE: false };
const NULLS = ["", "~", "null", "Null", "NULL"];
const INTEGER = /^[-+]?(0|[1-9][0-9]{0,14})$/;

/** The document of a text and its data; null where it is none that forms can change. */
export function read(text) {
  const document = parseDocument(text, { schema: "failsafe", keepSourceTokens: true, prettyErrors: false });
  if (document.errors.length || document.warnings.length || !isMap(document.contents) || hasMore(document)) return null;
  return { document, data: dataOf(document.contents) };
}

function hasMore(document) {
  let found = false;
  visit(document, {
    Node(_, node) {
      found ||= isAlias(node) || Boolean(node.anchor) || (isScalar(node) && Boolean(node.tag));
    },
  });
  return found;
}

/** The data of a node; what is left empty is left out. */
export function dataOf(node) {
  if (isMap(node)) {
    const pairs = node.items.map((pair) => [pair.key.value, pair.value ? dataOf(pair.value) : null]);
    return Object.fromEntries(pairs.filter(([, value]) => !isEmpty(value)));
  }
  if (isSeq(node)) return node.items.map(dataOf).filter((value) => !isEmpty(value));
  return scalarOf(node);
}

function scalarOf(node) {
  const text = node.value ?? "";
  if (node.type !== "PLAIN") return text;
  if (NULLS.includes(text)) return null;
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  return INTEGER.test(text) ? Number(text) : text;
}

/** Nothing, an empty text, and one of spaces alone. */
export function isEmpty(value) {
  return value === null || value === undefined || (typeof value === "string" && !value.trim());
}
