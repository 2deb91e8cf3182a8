import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { Certificate } from './certificate.ts';

export interface StoreOptions {
  readonly password?: string;
  /** The server's program; Redis by default. */
  readonly program?: string;
  /** Speak TLS only. */
  readonly certificate?: Certificate;
}

/** A Redis or Valkey server for one test, which may stop it, flush it or break it. */
export class Store {
  readonly port: number;
  readonly #options: StoreOptions;
  #server: ChildProcess | undefined;

  private constructor(port: number, options: StoreOptions) {
    this.port = port;
    this.#options = options;
  }

  static async start(options?: StoreOptions): Promise<Store> {
    const store = await Store.prepare(options);
    await store.start();
    return store;
  }

  /** A port on which nothing listens yet: none that the system gives to others meanwhile, which are 32768 and above. */
  static async prepare(options: StoreOptions = {}): Promise<Store> {
    for (;;) {
      const port = 10_000 + Math.floor(Math.random() * 20_000);
      const probe = createServer().listen(port, '127.0.0.1');
      const isFree = await once(probe, 'listening').then(
        () => true,
        () => false,
      );
      if (!isFree) continue;
      probe.close();
      await once(probe, 'close');
      return new Store(port, options);
    }
  }

  get url(): string {
    const { password, certificate } = this.#options;
    const login = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
    return `${certificate ? 'rediss' : 'redis'}://${login}127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { password, certificate, program = 'redis-server' } = this.#options;
    const port = String(this.port);
    const tls = certificate && ['--tls-cert-file', certificate.certPath, '--tls-key-file', certificate.keyPath];
    this.#server = spawn(
      program,
      [
        ...(tls ? ['--port', '0', '--tls-port', port, '--tls-auth-clients', 'no', ...tls] : ['--port', port]),
        ...['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        ...(password === undefined ? [] : ['--requirepass', password]),
      ],
      { stdio: 'ignore' },
    );
    for (;;) {
      if ((await this.#send('PING').catch(() => '')).length > 0) return;
      await delay(20);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#server?.kill(name);
  }

  async kill(): Promise<void> {
    if (!this.#server) return;
    const ended = once(this.#server, 'exit');
    this.#server.kill('SIGKILL');
    await ended;
    this.#server = undefined;
  }

  /** Runs one command, given as a line. */
  async command(...words: readonly string[]): Promise<string> {
    return await this.#send(words.map((word) => JSON.stringify(word)).join(' '));
  }

  async #send(line: string): Promise<string> {
    const { certificate } = this.#options;
    const to = { port: this.port, host: '127.0.0.1' };
    const socket = certificate ? connect({ ...to, ca: certificate.cert }) : createConnection(to);
    await once(socket, certificate ? 'secureConnect' : 'connect');
    socket.write(`${line}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString();
  }
}
