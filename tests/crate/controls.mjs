// Ways to damage a crate, each with a text of the fault that a shape must report: [name, damage, fault].
const action = "#stage-1";

export const controls = [
  ["no license", (at) => delete at("./").license, "`license`"],
  ["no name of the root", (at) => delete at("./").name, "`name`"],
  ["no description of the root", (at) => delete at("./").description, "`description`"],
  ["no day of publication", (at) => delete at("./").datePublished, "`datePublished`"],
  ["a day of publication in words", (at) => (at("./").datePublished = "yesterday"), "`datePublished`"],
  ["the root names no profile", (at) => delete at("./").conformsTo, "versioned permalink of the profile"],
  ["another profile", (at) => {
    at("./").conformsTo = { "@id": "https://example.org/profile" };
  }, "versioned permalink of the profile"],
  ["the root is no Dataset", (at) => (at("./")["@type"] = "CreativeWork"), "Dataset"],
  ["a part that is no file", (at) => at("./").hasPart.push({ "@id": "#agent" }), "nothing else"],
  ["the descriptor names no version", (at) => delete at("ro-crate-metadata.json").conformsTo, "`conformsTo`"],
  ["the descriptor is about nothing", (_, graph) => {
    graph.splice(graph.findIndex((entity) => entity["@id"] === "ro-crate-metadata.json"), 1);
  }, "ro-crate-metadata.json"],
  ["an action without an instrument", (at) => delete at(action).instrument, "instrument"],
  ["an instrument that is no software", (at) => (at(action).instrument = { "@id": "#agent" }), "instrument"],
  ["Z in endTime", (at) => (at(action).endTime = at(action).endTime.replace("+00:00", "Z")), "endTime"],
  ["microseconds in startTime", (at) => {
    at(action).startTime = at(action).startTime.replace(/\.\d{3}/, ".000001");
  }, "startTime"],
  ["an action without a name", (at) => delete at(action).name, "SHOULD have a name"],
  ["an action without a description", (at) => delete at(action).description, "SHOULD have a description"],
  ["an action without an agent", (at) => delete at(action).agent, "agent"],
  ["an action without a result", (at) => delete at(action).result, "SHOULD have a result"],
  ["an action that the root does not mention", (at) => {
    at("./").mentions = at("./").mentions.filter((one) => one["@id"] !== action);
  }, "mentions"],
  ["an actionStatus by reference", (at) => {
    at(action).actionStatus = { "@id": "http://schema.org/CompletedActionStatus" };
  }, "actionStatus"],
  ["an error of an action that completed", (at) => (at(action).error = "none"), "error SHOULD NOT"],
  ["software without a version", (at, graph) => {
    delete graph.find((entity) => entity["@type"] === "SoftwareApplication").softwareVersion;
  }, "ersion"],
  ["software without a url", (_, graph) => {
    delete graph.find((entity) => entity["@type"] === "SoftwareApplication").url;
  }, "url"],
  ["an environment that is no PropertyValue", (at) => (at(action).environment = [{ "@id": "#agent" }]), "environment"],
];
