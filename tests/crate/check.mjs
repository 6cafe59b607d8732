// Checks ro-crate-metadata.json of a bundle against the SHACL shapes of RO-Crate 1.1 and Process Run Crate.
//     node check.mjs CRATE.json            every shape; exits with 1 where one does not hold
//     node check.mjs CRATE.json --controls damages the crate in every way of controls.mjs; each must be found
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import jsonld from "jsonld";
import { Parser } from "n3";
import rdf from "rdf-ext";
import { Validator } from "shacl-engine";
import { validations } from "shacl-engine/sparql.js";
import { controls } from "./controls.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const base = "http://example.org/crate/";
const profiles = "https://github.com/crs4/rocrate-validator/profiles/ro-crate/";
const type = rdf.namedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");

const shapeFiles = [
  "ro-crate/1.1/must/1_file-descriptor_metadata.ttl",
  "ro-crate/1.1/must/2_root_data_entity_metadata.ttl",
  "process-run-crate/must/1_create_action.ttl",
  "process-run-crate/must/2_root_data_entity_metadata.ttl",
  "process-run-crate/should/0_software-application.ttl",
  "process-run-crate/should/1_create_action.ttl",
];

// Contexts come from this folder, never from the network.
const contexts = new Map([
  ["https://w3id.org/ro/crate/1.1/context", "ro-crate-1.1.json"],
  ["https://w3id.org/ro/terms/workflow-run/context", "workflow-run.json"],
]);

const documentLoader = async (url) => {
  if (!contexts.has(url)) throw new Error(`no context ${url}; expected one of ${[...contexts.keys()].join(", ")}`);
  return { documentUrl: url, document: JSON.parse(readFileSync(join(here, "contexts", contexts.get(url)), "utf8")) };
};

const turtle = (file) =>
  rdf.dataset(new Parser({ factory: rdf, baseIRI: "http://example.org/shapes/" }).parse(
    readFileSync(join(here, "shapes", file), "utf8")));

// The shapes' own tool adds these types by rules that are no part of SHACL's core.
function addTypes(data, crate) {
  const add = (subject, name) => data.add(rdf.quad(subject, type, rdf.namedNode(profiles + name)));
  const iri = (id) => rdf.namedNode(new URL(id, base).href);
  const about = rdf.namedNode("http://schema.org/about");
  for (const quad of [...data.match(null, about)]) {
    if (!quad.subject.value.endsWith("ro-crate-metadata.json")) continue;
    add(quad.subject, "ROCrateMetadataFileDescriptor");
    add(quad.object, "RootDataEntity");
  }
  for (const quad of [...data.match(null, type, rdf.namedNode("http://schema.org/MediaObject"))]) add(quad.subject, "File");
  for (const entity of crate["@graph"]) {
    if (entity["@type"] === "CreativeWork" && entity["@id"] !== "ro-crate-metadata.json") add(iri(entity["@id"]), "ContextualEntity");
  }
}

// Two shapes find their nodes by SPARQL targets, which the engine does not know; they are found here, as those say.
const shacl = "http://www.w3.org/ns/shacl#";
const sparqlTargets = new Map([
  [`${profiles}RootDataEntityType`, (data) => [...data.match(null, rdf.namedNode("http://schema.org/about"))]
    .filter((quad) => quad.subject.value.includes("ro-crate-metadata.json")).map((quad) => quad.object)],
  [`${profiles.replace("ro-crate/", "process-run-crate/")}ProcRCActionError`, (data) =>
    ["CreateAction", "ActivateAction", "UpdateAction"]
      .flatMap((name) => [...data.match(null, type, rdf.namedNode(`http://schema.org/${name}`))])
      .map((quad) => quad.subject)
      .filter((node) => ![...data.match(node, rdf.namedNode("http://schema.org/actionStatus"))]
        .some((quad) => quad.object.value === "http://schema.org/FailedActionStatus"))],
]);

function validatorOf(file, data) {
  const shapes = turtle(file);
  for (const [shape, nodes] of sparqlTargets) {
    if (shapes.match(rdf.namedNode(shape)).size === 0) continue;
    for (const node of nodes(data)) shapes.add(rdf.quad(rdf.namedNode(shape), rdf.namedNode(`${shacl}targetNode`), node));
  }
  return new Validator(shapes, { factory: rdf, validations });
}

async function faults(crate) {
  const quads = await jsonld.toRDF(crate, { format: "application/n-quads", documentLoader, base });
  const data = rdf.dataset(new Parser({ factory: rdf, format: "N-Quads" }).parse(quads));
  addTypes(data, crate);
  const found = [];
  for (const file of shapeFiles) {
    const report = await validatorOf(file, data).validate({ dataset: data });
    for (const result of report.results) {
      const node = (result.focusNode?.term ?? result.focusNode)?.value ?? "";
      found.push(`${file}: ${node.replace(base, "")}: ${(result.message ?? []).map((text) => text.value).join(" ")}`);
    }
    if (!report.conforms && report.results.length === 0) found.push(`${file}: does not conform`);
  }
  return found;
}

const [file, mode] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
if (mode === "--controls") {
  let missed = 0;
  for (const [name, damage, expected] of controls) {
    const crate = JSON.parse(text);
    damage((id) => crate["@graph"].find((entity) => entity["@id"] === id), crate["@graph"]);
    const hits = (await faults(crate)).filter((fault) => fault.includes(expected));
    if (hits.length === 0) missed++;
    console.log(`${hits.length > 0 ? "found " : "MISSED"} ${name}`);
  }
  console.log(`${controls.length} controls, ${missed} missed`);
  process.exitCode = missed === 0 ? 0 : 1;
} else {
  const found = await faults(JSON.parse(text));
  for (const fault of found) console.log(fault);
  console.log(`${shapeFiles.length} files of shapes, ${found.length} faults`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
