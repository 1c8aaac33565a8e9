// Markdown as GitHub reads it, from standard input, as HTML.
import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const text = readFileSync(0, "utf8");
const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
process.stdout.write(micromark(text, options));
