// The language server as an editor speaks with it: JSON-RPC over its standard input and output.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const home = dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json'));
// A server that says nothing for so long is stuck, in milliseconds.
const PATIENCE = 30_000;

const SETTINGS = { hover: true, completion: true, validate: true, schemaStore: { enable: false }, schemas: {} };

export class Server {
  #process = spawn(process.execPath, [join(home, 'bin/yaml-language-server'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  #unread = Buffer.alloc(0);
  #questions = new Map();
  #diagnostics = new Map();
  #count = 0;

  static async start() {
    const server = new Server();
    server.#process.stdout.on('data', (bytes) => server.#read(bytes));
    const item = { documentationFormat: ['markdown', 'plaintext'], snippetSupport: true };
    const capabilities = {
      workspace: { configuration: true },
      textDocument: { hover: { contentFormat: ['markdown'] }, completion: { completionItem: item }, publishDiagnostics: {} },
    };
    await server.#question('initialize', { processId: process.pid, rootUri: null, capabilities });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  // Opens a document and returns its address.
  open(text) {
    const uri = `file:///documents/${(this.#count += 1)}.yaml`;
    this.#send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
    return uri;
  }

  ask(method, uri, line, character) {
    return this.#question(method, { textDocument: { uri }, position: { line, character } });
  }

  // What the server says is wrong with a document, once it has looked.
  diagnostics(uri) {
    const found = this.#diagnostics.get(uri);
    if (Array.isArray(found)) return Promise.resolve(found);
    return this.#inTime(`diagnostics of ${uri}`, (done) => this.#diagnostics.set(uri, done));
  }

  async stop() {
    await this.#question('shutdown', null);
    this.#send({ method: 'exit' });
    this.#process.kill();
  }

  #question(method, params) {
    const id = (this.#count += 1);
    this.#send({ id, method, params });
    return this.#inTime(method, (done, fail) =>
      this.#questions.set(id, ({ error, result }) => (error ? fail(new Error(`${method}: ${error.message}`)) : done(result))),
    );
  }

  #inTime(what, begin) {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`${what}: no answer in ${PATIENCE} ms`)), PATIENCE);
      const settled = (how) => (value) => {
        clearTimeout(timer);
        how(value);
      };
      begin(settled(done), settled(fail));
    });
  }

  #send(message) {
    const bytes = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${bytes.length}\r\n\r\n`);
    this.#process.stdin.write(bytes);
  }

  #read(bytes) {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    for (;;) {
      const head = this.#unread.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#unread.subarray(0, head).toString())[1]);
      const end = head + 4 + length;
      if (this.#unread.length < end) return;
      const message = JSON.parse(this.#unread.subarray(head + 4, end).toString());
      this.#unread = this.#unread.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, params, error, result }) {
    if (method === 'textDocument/publishDiagnostics') {
      const waiting = this.#diagnostics.get(params.uri);
      this.#diagnostics.set(params.uri, params.diagnostics);
      if (typeof waiting === 'function') waiting(params.diagnostics);
    } else if (method !== undefined && id !== undefined) {
      const answer = method === 'workspace/configuration' ? params.items.map(({ section }) => (section === 'yaml' ? SETTINGS : null)) : null;
      this.#send({ id, result: answer });
    } else if (id !== undefined) {
      this.#questions.get(id)({ error, result });
      this.#questions.delete(id);
    }
  }
}
