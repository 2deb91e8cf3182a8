import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A Redis or Valkey server of a test's own, which can be treated badly. */
export class Store {
  readonly port: number;
  readonly #password: string | undefined;
  #server: ChildProcess | undefined;

  private constructor(port: number, password: string | undefined) {
    this.port = port;
    this.#password = password;
  }

  static async start(password?: string): Promise<Store> {
    const store = await Store.prepare(password);
    await store.start();
    return store;
  }

  /** A port on which nothing listens yet. */
  static async prepare(password?: string): Promise<Store> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    probe.close();
    await once(probe, 'close');
    return new Store(port, password);
  }

  get url(): string {
    const login = this.#password === undefined ? '' : `:${encodeURIComponent(this.#password)}@`;
    return `redis://${login}127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const password = this.#password === undefined ? [] : ['--requirepass', this.#password];
    this.#server = spawn(
      process.env.QUOTA_SERVER ?? 'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...password],
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

  /** One command, as a line. */
  async command(...words: readonly string[]): Promise<string> {
    return await this.#send(words.map((word) => JSON.stringify(word)).join(' '));
  }

  async #send(line: string): Promise<string> {
    const socket = createConnection(this.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${line}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString();
  }
}
