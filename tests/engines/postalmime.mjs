// Reads mails with postal-mime and prints what is in each as JSON.
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

async function read(path) {
  const mail = await PostalMime.parse(readFileSync(path));
  return {
    subject: mail.subject,
    to: (mail.to ?? []).map((to) => to.address),
    headers: mail.headers.map((header) => header.key),
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map((item) => item.filename),
  };
}

const found = {};
for (const path of process.argv.slice(2)) found[path] = await read(path);
console.log(JSON.stringify(found));
