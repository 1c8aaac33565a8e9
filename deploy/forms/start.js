// Begins the forms: their configuration, their words, and how the file of a dossier is read and written.
import { makeFormat } from "./dossier.js";
import { withWords } from "./words.js";

const { CMS } = window;
const config = await (await fetch("config.json")).json();
CMS.registerLocale("nl", withWords(CMS.getLocale("nl")));
CMS.registerCustomFormat("dossier", "yaml", makeFormat(config.collections));
CMS.init({ config });
