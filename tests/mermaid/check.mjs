// Real Mermaid reads what `pact erd` prints, and must find in it what `pact erd --format json` says: the same datasets, the
// same fields, the same relations. Parsing alone proves little: many broken diagrams parse, and mean something else.
//
//   npm ci --ignore-scripts && PACT=../../target/debug/pact node check.mjs [REPOSITORY...]
//
// Without arguments it checks the example shop and a repository of hostile names. No browser is needed.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import mermaidNewest from 'mermaid-newest';
import mermaidOldest from 'mermaid-oldest';

const here = dirname(fileURLToPath(import.meta.url));
const pact = resolve(process.env.PACT ?? join(here, '../../target/debug/pact'));
// Mermaid shows an error in place of larger diagrams, but parses them.
const MOST_CHARACTERS = 50_000;

const versions = { oldest: mermaidOldest, newest: mermaidNewest };
for (const mermaid of Object.values(versions)) mermaid.initialize({ startOnLoad: false, logLevel: 5 });

const run = (folder, ...args) => execFileSync(pact, ['erd', '--quiet', ...args], { cwd: folder, encoding: 'utf8' });

// What Mermaid shows for `#34;`: it keeps a mark of its own until it draws.
const decoded = (text) =>
  (text ?? '').replace(/(?:ﬂ°°|#)(\d+)(?:¶ß|;)/g, (_, code) => String.fromCodePoint(Number(code)));

// How the rules for names and types change them, written a second time on purpose.
const shownText = (text) => {
  const plain = text
    .replace(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, ' ')
    .replaceAll('ﬂ°', ' ')
    .replaceAll('¶ß', ' ')
    .trim();
  return plain === '' ? '-' : plain;
};
const keyWord = /^(?:pk|fk|uk)(?![A-Za-z0-9_])/i;
const shownType = (text) => {
  const plain = [...text.normalize('NFKC').replaceAll('<', '[').replaceAll('>', ']')]
    .map((letter) => (/[A-Za-z0-9_()[\]-]/.test(letter) ? letter : '_'))
    .join('')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 40)
    .replace(/_+$/, '');
  return plain === '' || keyWord.test(plain) ? `t_${plain}` : plain;
};
const shownName = (text) => {
  let plain = [...text].map((letter) => (/[A-Za-z0-9-]/.test(letter) ? letter : '_')).join('');
  if (!/^[A-Za-z_]/.test(plain) || keyWord.test(plain)) plain = `_${plain}`;
  return /^_.*_$|^_$/.test(plain) ? `x${plain}` : plain;
};

const shownComment = ({ name, pii, description }) => {
  const parts = [name === shownName(name) ? null : name, pii ? 'PII' : null, description];
  const letters = [...parts.filter((part) => part !== null).join(' - ')];
  if (parts.every((part) => part === null)) return '';
  return ` # ${shownText(letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : letters.join(''))}`;
};

const COUNTS = {
  exactly_one: 'ONLY_ONE',
  zero_or_one: 'ZERO_OR_ONE',
  one_or_more: 'ONE_OR_MORE',
  zero_or_more: 'ZERO_OR_MORE',
};

// The graph that pact means, as lines of text that can be compared.
function expected(graph) {
  const entities = graph.entities.map((entity) => {
    const attributes = entity.attributes.map((attribute) =>
      [shownType(attribute.type), shownName(attribute.name), ...attribute.keys].join(' ') + shownComment(attribute),
    );
    return [shownText(entity.name), ...attributes].join('\n    ');
  });
  const relations = graph.relations.map((relation) => {
    const line = relation.identifying ? 'IDENTIFYING' : 'NON_IDENTIFYING';
    const ends = `${COUNTS[relation.from_count]} ${line} ${COUNTS[relation.to_count]}`;
    const label = shownText(relation.from_fields.join(', '));
    return `${shownText(relation.from)} ${ends} ${shownText(relation.to)} : ${label}`;
  });
  return [...entities.sort(), ...relations.sort()].join('\n');
}

// The graph that Mermaid found. The shape of its answer differs between versions.
async function found(mermaid, text) {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  if (diagram.type !== 'er') throw new Error(`this is a diagram of type ${diagram.type}`);
  const read = diagram.db.getEntities();
  const all = read instanceof Map ? [...read.entries()] : Object.entries(read);
  const labels = new Map();
  const entities = all.map(([key, entity]) => {
    const label = decoded(entity.alias || key);
    labels.set(key, label).set(entity.id, label);
    const attributes = entity.attributes.map((attribute) => {
      const keys = attribute.keys ?? attribute.attributeKeyTypeList ?? [];
      const type = attribute.type ?? attribute.attributeType;
      const comment = attribute.comment ?? attribute.attributeComment;
      const shown = comment ? ` # ${decoded(comment)}` : '';
      return [type, attribute.name ?? attribute.attributeName, ...keys].join(' ') + shown;
    });
    return [label, ...attributes].join('\n    ');
  });
  const relations = diagram.db.getRelationships().map((relation) => {
    const { cardA, cardB, relType } = relation.relSpec;
    // Mermaid calls the count at the first entity `cardB`.
    const ends = `${cardB} ${relType} ${cardA}`;
    const [from, to] = [relation.entityA, relation.entityB].map((key) => labels.get(key));
    return `${from} ${ends} ${to} : ${decoded(relation.roleA)}`;
  });
  return [...entities.sort(), ...relations.sort()].join('\n');
}

// Names and texts that break diagrams in one version or another.
const HOSTILE = [
  'pk', 'FK', 'uk-x', 'one', 'many', 'to', 'u', 'style', 'class', 'classDef', 'end', 'direction', 'erDiagram', 'title',
  '1st', '3d', '-x', '_x_', '__x__', '**b**', '`c`', '$$x$$', 'a~b~c', '~~', 'fa:fa-user', '<b>', '&amp;', '#35;', '%%', '\\',
  '"', '"]', '}', '{', '|', '||--o{', ':', ';', '#', '@', 'größe', '东京', '\u202egnp', 'ﬂ°°35¶ß', '¶ß', '🦀', "it's", ':::x',
  'constructor', '__proto__', 'toString',
];
const TEXTS = ['direction LR flow', 'Direction TB', '%%{init: {}}%%', 'a "b" c', 'two\nlines', '~a~ and ~b~', '', ' '];

function hostileRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'pact-mermaid-'));
  mkdirSync(join(folder, 'contracts'));
  const fields = (names) =>
    names.map((name, index) => ({
      name,
      data_type: ['string', 'decimal', 'array', 'timestamp'][index % 4],
      ...(index % 4 === 1 ? { precision: 10, scale: 2 } : {}),
      ...(index % 4 === 2 ? { items: { data_type: 'string' } } : {}),
      description: index % 2 === 0 ? TEXTS[(index / 2) % TEXTS.length] : name,
      is_primary_key: index === 0,
      is_pii: index % 5 === 0,
    }));
  const hostile = {
    name: 'hostile',
    version: '1.0.0',
    domain: 'one',
    datasets: HOSTILE.slice(0, 35).map((name) => ({
      name,
      description: TEXTS[0],
      schema: [
        ...fields(HOSTILE.filter((other) => other !== 'style')),
        { name: 'style', data_type: 'string', is_foreign_key: true, foreign_key_reference: 'class.end' },
      ].slice(-12),
      foreign_keys: [{ fields: ['toString', 'style'], references: 'one.two', referenced_fields: ['pk', 'uk'] }],
    })),
  };
  const simple = (name, keys) => ({
    name,
    version: '1.0.0',
    schema: keys.map((key) => ({ name: key, data_type: 'string', is_primary_key: true, nullable: false })),
  });
  const contracts = { hostile, class: simple('class', ['end']), two: simple('one.two', ['pk', 'uk']), one_two: simple('one_two', ['u']) };
  // JSON is YAML, apart from control characters, which JSON writes as escapes that YAML takes as well.
  for (const [file, contract] of Object.entries(contracts)) {
    writeFileSync(join(folder, 'contracts', `${file}.yaml`), JSON.stringify(contract, null, 1));
  }
  return folder;
}

function difference(wanted, got) {
  const [one, other] = [wanted.split('\n'), got.split('\n')];
  const at = one.findIndex((line, index) => line !== other[index]);
  const line = at < 0 ? one.length : at;
  return `line ${line + 1}:\n  pact says     ${one[line]}\n  mermaid reads ${other[line]}`;
}

async function check(folder, name) {
  let failed = 0;
  for (const detail of ['all', 'keys', 'none']) {
    const text = run(folder, '--fields', detail);
    const graph = JSON.parse(run(folder, '--fields', detail, '--format', 'json'));
    if (text.length > MOST_CHARACTERS) throw new Error(`${name}: ${text.length} characters, Mermaid would not show it`);
    const wanted = expected(graph);
    for (const [version, mermaid] of Object.entries(versions)) {
      let trouble = '';
      try {
        const got = await found(mermaid, text);
        if (got !== wanted) trouble = difference(wanted, got);
      } catch (error) {
        trouble = error.message;
      }
      const counts = `${graph.entities.length} datasets, ${graph.relations.length} relations`;
      console.log(`${trouble ? 'FAIL' : 'ok  '} ${name} --fields ${detail}, ${version} mermaid: ${trouble || counts}`);
      failed += trouble ? 1 : 0;
    }
  }
  return failed;
}

let failed = 0;
const given = process.argv.slice(2);
for (const folder of given) failed += await check(resolve(folder), folder);
if (given.length === 0) {
  failed += await check(join(here, '../../examples/shop'), 'example shop');
  const hostile = hostileRepository();
  try {
    failed += await check(hostile, 'hostile names');
  } finally {
    rmSync(hostile, { recursive: true });
  }
}
process.exitCode = failed > 0 ? 1 : 0;
