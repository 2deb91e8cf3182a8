import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** For tests: a proxy on loopback whose tunnels all lead to one server, for any host. */
export class ScriptedProxy {
  /** Each tunnel asked for: its target, and the name and password given. */
  readonly tunnels: { readonly target: string; readonly credentials: string }[] = [];
  readonly #server = http.createServer();
  readonly #sockets = new Set<net.Socket>();

  /**
   * @param behaviour `hang`: never answers; `close`: ends the connection instead
   * @param credentials `name:password` that it wants to see
   */
  static async start(
    port: number,
    { behaviour = 'tunnel', credentials }: { behaviour?: 'tunnel' | 'hang' | 'close'; credentials?: string } = {},
  ): Promise<ScriptedProxy> {
    const proxy = new ScriptedProxy();
    proxy.#server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      const given = Buffer.from(
        (request.headers['proxy-authorization'] ?? '').replace('Basic ', ''),
        'base64',
      ).toString();
      proxy.tunnels.push({ target: request.url ?? '', credentials: given });
      proxy.#keep(socket);
      if (behaviour === 'hang') return;
      if (behaviour === 'close') socket.end();
      else if (credentials !== undefined && given !== credentials) {
        socket.end(
          'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
        );
      } else {
        const server = net.connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          server.pipe(socket).pipe(server);
        });
        proxy.#keep(server);
      }
    });
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** `host:port`. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #keep(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {}); // The other end may go first.
  }
}
