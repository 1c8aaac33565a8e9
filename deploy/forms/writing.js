// Plain data → YAML in one form: flow where it fits on a line, blocks elsewhere, quotes where some reader needs them.

const WIDTH = 120;
const NO_TEXT = new RegExp(
  "^(" +
    [
      "[-+]?[0-9][0-9_,]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?", // numbers, also those of other tools
      "[-+]?0(x[0-9a-f_]+|o?[0-7_]+|b[01_]+)",
      "[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?", // YAML 1.1 counts hours and minutes in sixties
      "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t \\t].*)?",
      "y|n|yes|no|on|off|true|false|null|~|=|<<",
    ].join("|") +
    ")$",
  "i",
);
const INDICATOR = /^[-?:,[\]{}#&*!|>'"%@`.=]/;
const NEEDS_QUOTES = /[\t\r\n]|: |:$| #|^\s|\s$/;
const IN_FLOW = /[,?[\]{}:"]/;
const UNSAFE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** A whole file. */
export function toYaml(data) {
  return mapping(data, 0, true).map((line) => `${line}\n`).join("");
}

/** The lines of a key and its value. */
export function entryLines(key, value, indent, atMargin) {
  return entry(`${" ".repeat(indent)}${scalar(key, true)}:`, value, indent + 2, atMargin);
}

/** The lines of an item of a list. */
export function itemLines(value, indent) {
  const dash = `${" ".repeat(indent)}-`;
  if (isMap(value) && Object.keys(value).length && !fits(`${dash} `, value, false)) {
    const [first, ...rest] = mapping(value, indent + 2, false);
    return [`${dash}${first.slice(indent + 1)}`, ...rest];
  }
  return entry(dash, value, indent + 2, false);
}

function mapping(values, indent, atMargin) {
  return Object.entries(values).flatMap(([key, value]) => entryLines(key, value, indent, atMargin));
}

function entry(head, value, indent, atMargin) {
  if (fits(`${head} `, value, atMargin)) {
    return [`${head} ${isParts(value) ? flow(value) : scalar(value, false)}`];
  }
  if (isMap(value)) return [head, ...mapping(value, indent, false)];
  if (Array.isArray(value)) return [head, ...value.flatMap((item) => itemLines(item, indent))];
  return longText(head, String(value), indent);
}

function fits(head, value, atMargin) {
  if (isParts(value)) {
    const empty = !Object.keys(value).length;
    if (!empty && (atMargin || hasBreak(value))) return false;
    return empty || length(head) + length(flow(value)) <= WIDTH;
  }
  return !String(value).includes("\n") && length(head) + length(scalar(value, false)) <= WIDTH;
}

function hasBreak(value) {
  return isParts(value) ? Object.values(value).some(hasBreak) : String(value).includes("\n");
}

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (!isMap(value)) return scalar(value, true);
  return `{${Object.entries(value).map(([key, inner]) => `${scalar(key, true)}: ${flow(inner)}`).join(", ")}}`;
}

function scalar(value, inFlow) {
  if (typeof value !== "string") return String(value);
  if (isPlain(value, inFlow)) return value;
  return JSON.stringify(value).replace(new RegExp(UNSAFE, "g"), escape);
}

function escape(found) {
  return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function isPlain(text, inFlow) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return isDate(text);
  if (!text || INDICATOR.test(text) || NEEDS_QUOTES.test(text) || UNSAFE.test(text)) return false;
  return !NO_TEXT.test(text) && !(inFlow && IN_FLOW.test(text));
}

function isDate(text) {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function longText(head, text, indent) {
  const body = text.replace(/\n$/, "");
  const lines = body.split("\n");
  const plain = !/[\t\r]|^\s|\s$/.test(body) && !UNSAFE.test(text);
  const pad = " ".repeat(indent);
  if (lines.length === 1 && plain && !text.endsWith("\n")) {
    return [`${head} >-`, ...folded(text, WIDTH - indent).map((line) => `${pad}${line}`)];
  }
  if (plain && lines.every((line) => line === line.trimEnd())) {
    return [`${head} ${text.endsWith("\n") ? "|" : "|-"}`, ...lines.map((line) => (line ? `${pad}${line}` : ""))];
  }
  return [`${head} ${scalar(text, false)}`];
}

function folded(text, width) {
  const result = [];
  let line = "";
  for (const word of text.split(/(?<! ) (?! )/)) {
    if (line && length(line) + 1 + length(word) > width) {
      result.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...result, line];
}

/** In characters, as Python counts them. */
function length(text) {
  return [...text].length;
}

export function isMap(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isParts(value) {
  return value !== null && typeof value === "object";
}
