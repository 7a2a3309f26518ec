// Prints what AsyncAPI's own parser has to say of a document, as a JSON array: node check.mjs NODE_MODULES FILE
// It does not look into payloads in Avro: that they are sound is for the tests of the schemas.
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, file] = process.argv.slice(2);
// The packages lie in the build folder, not beside this file, where an import would look for them.
const { Parser, fromFile } = createRequire(join(modules, "/"))("@asyncapi/parser");
const { diagnostics } = await fromFile(new Parser(), file).parse();
const said = diagnostics.map(({ code, message, path, severity }) => ({ code, message, path: path.join("."), severity }));
console.log(JSON.stringify(said));
