// A real language server reads the JSON Schemas that `pact schema` prints, and must help as an editor needs it: explain every
// key, complete keys and words with what they mean, and complain about what is wrong and about nothing else.
//
//   npm ci --ignore-scripts && PACT=../../target/debug/pact node check.mjs

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Server } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const pact = resolve(process.env.PACT ?? join(here, '../../target/debug/pact'));
const shop = join(here, '../../examples/shop');

const folder = mkdtempSync(join(tmpdir(), 'pact-editor-'));
const run = (...args) => execFileSync(pact, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

// Each mapping of a schema once, by the shortest way to it: the lines of YAML that lead there, what is written before them, and
// its keys. `{}` in a way stands for a key that the author chooses, `[]` for an item of a list.
function* mappings(schema) {
  const queue = [];
  const roots = (node, head) => {
    if (node.then) roots(node.then, `kind: ${node.if.properties.kind.const}\n`);
    if (node.else) roots(node.else, '');
    if (node.$ref) queue.push({ node, way: [], head });
  };
  roots(schema, '');
  const seen = new Set();
  const enter = (node, way, head) => {
    if (node.$ref) queue.push({ node, way, head });
    for (const other of [...(node.anyOf ?? []), node.then].filter(Boolean)) enter(other, way, head);
    if (node.items) enter(node.items, [...way, '[]'], head);
    if (typeof node.additionalProperties === 'object') enter(node.additionalProperties, [...way, '{}'], head);
  };
  for (let at = 0; at < queue.length; at++) {
    const { node, way, head } = queue[at];
    if (seen.has(node.$ref)) continue;
    seen.add(node.$ref);
    const { properties } = schema.$defs[node.$ref.replace('#/$defs/', '')];
    // Words have definitions as well.
    if (!properties) continue;
    yield { name: node.$ref, way, head, properties };
    for (const [key, property] of Object.entries(properties)) enter(property, [...way, key], head);
  }
}

// A document whose last lines are at the end of a way. Returns its lines and how far these lines are indented.
function lead(modeline, { way, head }) {
  const lines = [modeline, ...head.split('\n').filter(Boolean)];
  let indent = 0;
  let dash = '';
  for (const step of way) {
    if (step === '[]') {
      dash += '- ';
      continue;
    }
    lines.push(`${' '.repeat(indent)}${dash}${step === '{}' ? 'any' : step}:`);
    indent += dash.length + 2;
    dash = '';
  }
  return { lines, indent, dash };
}

const isWord = (value) => typeof value === 'string';

// A value of a property, on one line.
function sample(property) {
  if (property.examples) return JSON.stringify(property.examples[0]);
  if (property.enum) return JSON.stringify(property.enum[0]);
  const types = [property.type ?? []].flat();
  if (types.includes('boolean')) return 'true';
  if (types.includes('integer') || types.includes('number')) return '1';
  if (types.includes('array')) return '[]';
  if (types.includes('object') || property.$ref) return '{}';
  return property.anyOf ? sample(property.anyOf[0]) : 'text';
}

const plain = (text) => text.replaceAll('\\', '').replaceAll(/\s+/g, ' ');
const documentation = (item) => plain(item?.documentation?.value ?? item?.documentation ?? '');

let failed = 0;
let checked = 0;
function expect(holds, what) {
  checked += 1;
  if (holds) return;
  failed += 1;
  console.log(`FAIL ${what}`);
}

async function explainsEveryKey(server, modeline, mapping) {
  const { lines, indent, dash } = lead(modeline, mapping);
  const first = lines.length;
  const keys = Object.entries(mapping.properties);
  keys.forEach(([key, property], index) => {
    const before = index === 0 ? `${' '.repeat(indent)}${dash}` : ' '.repeat(indent + dash.length);
    const known = key === 'kind' && mapping.head ? mapping.head.split(': ')[1].trim() : sample(property);
    lines.push(`${before}${key}: ${known}`);
  });
  // The first line says the kind; a second one would be a duplicate.
  const text = lines.filter((line, index) => index < first || !line.startsWith('kind:') || !mapping.head).join('\n');
  const written = text.split('\n');
  const uri = server.open(text);
  for (const [key, property] of keys) {
    // The kind is in the lines before.
    const from = key === 'kind' && mapping.head ? 0 : first;
    const line = written.findIndex((line, index) => index >= from && line.trimStart().replace(/^(- )+/, '').startsWith(`${key}:`));
    const hover = await server.ask('textDocument/hover', uri, line, written[line].indexOf(key) + 1);
    const said = plain(hover?.contents?.value ?? '');
    expect(property.description && said.includes(plain(property.description)), `${mapping.name} ${key}: hover says ${JSON.stringify(said)}`);
    for (const meaning of property.enumDescriptions ?? []) {
      expect(said.includes(plain(meaning)), `${mapping.name} ${key}: hover does not say ${JSON.stringify(meaning)}`);
    }
  }
}

async function completesKeys(server, modeline, mapping) {
  const { lines, indent, dash } = lead(modeline, mapping);
  // What is written already is not offered again.
  const [[present, property], ...others] = Object.entries(mapping.properties).filter(([key]) => key !== 'kind' || !mapping.head);
  lines.push(`${' '.repeat(indent)}${dash}${present}: ${sample(property)}`, ' '.repeat(indent + dash.length));
  const uri = server.open(lines.join('\n'));
  const answer = await server.ask('textDocument/completion', uri, lines.length - 1, indent + dash.length);
  const items = new Map(answer.items.map((item) => [item.label, item]));
  for (const [key, { description }] of others) {
    const said = documentation(items.get(key));
    expect(said.includes(plain(description)), `${mapping.name}: ${key} is completed with ${JSON.stringify(said)}`);
  }
}

async function completesWords(server, modeline, mapping) {
  for (const [key, property] of Object.entries(mapping.properties)) {
    if (!property.enum || (key === 'kind' && mapping.head)) continue;
    const { lines, indent, dash } = lead(modeline, mapping);
    lines.push(`${' '.repeat(indent)}${dash}${key}: `);
    const uri = server.open(lines.join('\n'));
    const answer = await server.ask('textDocument/completion', uri, lines.length - 1, lines.at(-1).length);
    const items = new Map(answer.items.map((item) => [item.label, item]));
    property.enum.filter(isWord).forEach((word, index) => {
      const meaning = property.enumDescriptions?.[index] ?? '';
      const item = items.get(word) ?? items.get(JSON.stringify(word));
      expect(item && documentation(item).includes(plain(meaning)), `${mapping.name} ${key}: ${word} is not completed`);
    });
  }
}

async function complains(server, modeline, text, wanted) {
  const said = await server.diagnostics(server.open(`${modeline}\n${text}`));
  const found = said.map(({ range, message }) => `${range.start.line}: ${message}`);
  expect(found.length === wanted.length && wanted.every((one, index) => found[index].includes(one)), `${text}\n  is told ${JSON.stringify(found)}`);
}

async function acceptsWhatIsRight(server, modelines) {
  const silent = async (name, text) => {
    const said = await server.diagnostics(server.open(text));
    expect(said.length === 0, `${name}: ${said.map(({ message }) => message).join('; ')}`);
  };
  const files = ['contracts', 'subscriptions'].flatMap((name) => readdirSync(join(shop, name)).map((file) => join(shop, name, file)));
  for (const file of files) await silent(file, `${modelines.contract}\n${readFileSync(file, 'utf8').replace(/^# yaml-language-server.*\n/, '')}`);
  await silent('pact.yaml', `${modelines.config}\n${readFileSync(join(shop, 'pact.yaml'), 'utf8').replace(/^# yaml-language-server.*\n/, '')}`);
  for (const template of ['table', 'topic', 'api', 'files']) {
    const text = run('new', 'sales.orders', '--template', template, '--output', '-');
    await silent(`pact new --template ${template}`, text.replace(/^# yaml-language-server.*$/m, modelines.contract));
  }
}

const server = await Server.start();
try {
  const modelines = {};
  for (const what of ['contract', 'config']) {
    const file = join(folder, `${what}.schema.json`);
    const text = run('schema', what);
    writeFileSync(file, text);
    const modeline = (modelines[what] = `# yaml-language-server: $schema=${pathToFileURL(file)}`);
    for (const mapping of mappings(JSON.parse(text))) {
      await explainsEveryKey(server, modeline, mapping);
      await completesKeys(server, modeline, mapping);
      await completesWords(server, modeline, mapping);
    }
  }
  const contract = 'name: orders\nversion: 1.0.0\n';
  await complains(server, modelines.contract, `${contract}nmae: x\n`, ['3: Property nmae is not allowed.']);
  await complains(server, modelines.contract, `${contract}description: [a]\n`, ['3: Incorrect type.']);
  await complains(server, modelines.contract, `${contract}status: ready\n`, ['3: Value is not accepted.']);
  await complains(server, modelines.contract, 'name: orders\n', ['Missing property "version".']);
  await complains(server, modelines.contract, `${contract}schema:\n  - {name: a, data_type: text}\n`, ['4: Value is not accepted.']);
  await complains(server, modelines.contract, 'kind: subscription\nname: a\ncontract: b\nteam: c\nschema: []\n', ['5: Property schema is not allowed.']);
  await complains(server, modelines.config, 'rules:\n  no-such-rule: off\n', ['2: Property no-such-rule is not allowed.']);
  await acceptsWhatIsRight(server, modelines);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
console.log(`${checked - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
