// Shows the forms of a clone on this machine alone, and keeps what people save on branches of that clone.
// node server.mjs FOLDER CLONE PORT POLICY
import path from "node:path";
import express from "express";
import middlewares from "decap-server/dist/middlewares.js";

const [folder, clone, port, policy] = process.argv.slice(2);
process.env.GIT_REPO_DIRECTORY = path.resolve(clone);

const app = express();
app.disable("x-powered-by");
app.use(onlyThisPage);
app.use(express.static(folder));
await middlewares.registerLocalGit(app, { logLevel: "warn" });
const server = app.listen(Number(port), "127.0.0.1");
server.on("listening", () => {
  process.stdout.write(`${server.address().port}\n`); // all that who began this server reads of it
  process.stdout.write = process.stderr.write.bind(process.stderr);
});
server.on("error", () => process.exit(3)); // the port is not free

/** No other site that is open in the browser may read or write dossiers, by whatever name it finds this machine. */
function onlyThisPage(request, response, next) {
  const here = `127.0.0.1:${server.address().port}`;
  const { host, origin } = request.headers;
  if (host !== here || (origin && origin !== `http://${here}`)) return response.sendStatus(403);
  response.set({ "Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
  return next();
}
