// The file of a dossier ↔ the values of its form. A saved file differs from the one that was opened only where somebody
// changed a value: what stays the same keeps its bytes, its comments too.
import { patch } from "./patch.js";
import { isEmpty, read } from "./reading.js";
import { same } from "./same.js";
import { isMap, toYaml } from "./writing.js";

/** What Decap asks of a format; the fields of a form are those of its collection, by the traject of the dossier. */
export function makeFormat(collections) {
  const fields = new Map(collections.map((collection) => [collection.name, collection.fields]));
  const opened = new Map();
  return {
    fromFile(text) {
      const found = read(text);
      if (!found) return {};
      opened.set(String(found.data.id), text);
      return toForm(found.data, { fields: fields.get(found.data.traject) ?? [] });
    },
    toFile(values) {
      const text = opened.get(values.id);
      const written = write(values, fields.get(values.traject) ?? [], text);
      opened.set(values.id, written);
      return written;
    },
  };
}

/** The text of a dossier with the values of its form, from the text that was opened, if any. */
export function write(values, fields, text) {
  const found = text === undefined ? null : read(text);
  const data = toData(values, { fields }, found?.data) ?? {};
  return found ? patch(text, found, data) : toYaml(data);
}

// What stands in the file → what the form shows.

function toForm(value, field) {
  if (isEmpty(value)) return undefined;
  if (field.soort === "waarheid" || field.soort === "antwoord") return toAnswer(value);
  if (field.soort === "ondertekening") return (Array.isArray(value) ? value : [value]).map(toSignature);
  if (Array.isArray(value)) return value.map((item) => toForm(item, ofItem(field, item)));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toForm(inner, ofKey(field, key))]));
  }
  return typeof value === "number" && field.widget !== "number" ? String(value) : value;
}

function toAnswer(value) {
  return typeof value === "boolean" ? (value ? "ja" : "nee") : String(value);
}

function toSignature(value) {
  return isMap(value) ? { ...value } : { ondertekend: value };
}

// What the form holds → what stands in the file; what nobody changed as it stood there.

function toData(value, field, before) {
  if (before !== undefined && same(bare(toForm(before, field)), bare(value))) return before;
  if (isEmpty(value)) return undefined;
  if (field.soort === "waarheid" || field.soort === "antwoord") return fromAnswer(value, field.soort);
  if (field.soort === "ondertekening") return fromSignatures(bare(value) ?? []);
  if (Array.isArray(value)) return nonEmpty(inOrder(items(value, field, before), before));
  if (isMap(value)) return nonEmpty(mapped(value, field, before));
  return value;
}

function mapped(value, field, before) {
  const known = (field.fields ?? []).map((inner) => inner.name);
  const first = "soort" in value ? ["soort"] : [];
  const keys = [...new Set([...first, ...known, ...Object.keys(value)])];
  const found = keys.map((key) => [key, toData(value[key], ofKey(field, key), before?.[key])]);
  return Object.fromEntries(found.filter(([, inner]) => inner !== undefined));
}

/** Each item with the one that it was: the same, else one at its place of the same kind. */
function items(value, field, before) {
  const old = Array.isArray(before) ? before : [];
  const shown = old.map((item) => bare(toForm(item, ofItem(field, item))));
  return value
    .map((item, index) => {
      const equal = shown.findIndex((other) => same(other, bare(item)));
      const at = equal >= 0 ? equal : index;
      const was = old[at]?.soort === item?.soort ? old[at] : undefined;
      return toData(item, ofItem(field, item), was);
    })
    .filter((item) => item !== undefined);
}

/** The logboek by date, as it is written; entries of one date stay in their order. One that was not stays as it is. */
function inOrder(list, before) {
  const dated = (items) => items.every((item) => isMap(item) && typeof item.soort === "string" && item.datum);
  const byDate = (items) => [...items].sort((one, other) => (one.datum < other.datum ? -1 : +(one.datum > other.datum)));
  const was = Array.isArray(before) ? before : [];
  return dated(list) && dated(was) && same(was, byDate(was)) ? byDate(list) : list;
}

function fromAnswer(value, soort) {
  const word = String(value).trim();
  const answers = { ja: true, true: true, nee: false, false: false };
  if (Object.hasOwn(answers, word.toLowerCase())) return answers[word.toLowerCase()];
  return soort === "antwoord" && /^(0|[1-9][0-9]{0,8})$/.test(word) ? Number(word) : value;
}

function fromSignatures(list) {
  const found = list.map((item) => (same(Object.keys(item), ["ondertekend"]) ? item.ondertekend : item));
  return found.length > 1 ? found : found[0];
}

// Fields.

function ofKey(field, key) {
  return (field.fields ?? []).find((inner) => inner.name === key) ?? {};
}

function ofItem(field, item) {
  if (field.types) return field.types.find((type) => type.name === item?.soort) ?? {};
  return field.field ?? { fields: field.fields };
}

// Values.

function nonEmpty(value) {
  return Object.keys(value).length ? value : undefined;
}

/** Without what is empty: what a person left open and what was never there are the same. */
function bare(value) {
  if (isEmpty(value)) return undefined;
  if (Array.isArray(value)) return nonEmpty(value.map(bare).filter((item) => item !== undefined));
  if (!isMap(value)) return value;
  const found = Object.entries(value).map(([key, inner]) => [key, bare(inner)]);
  return nonEmpty(Object.fromEntries(found.filter(([, inner]) => inner !== undefined)));
}
