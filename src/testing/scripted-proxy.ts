import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** For tests: a proxy on loopback that finds servers of this machine under any name. */
export class ScriptedProxy {
  /** Each tunnel asked for: its target, and the name and password given. */
  readonly tunnels: { readonly target: string; readonly credentials: string }[] = [];
  /** Each URL that it was to fetch itself, as it is asked for plain http. */
  readonly fetched: string[] = [];
  readonly #server = http.createServer();
  readonly #sockets = new Set<net.Socket>();

  /**
   * @param port      of the server that everything leads to, or by the target asked for, `host:port`
   * @param behaviour `hang`: never answers; `close`: ends the connection instead; `forge`: answers in the place of the server
   * @param credentials `name:password` that it wants to see
   */
  static async start(
    port: number | ((target: string) => number),
    {
      behaviour = 'tunnel',
      credentials,
    }: { behaviour?: 'tunnel' | 'hang' | 'close' | 'forge'; credentials?: string } = {},
  ): Promise<ScriptedProxy> {
    const proxy = new ScriptedProxy();
    const portOf = typeof port === 'number' ? () => port : port;
    proxy.#server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      const { url = '', method = 'GET', headers } = request;
      proxy.fetched.push(url);
      const { host, pathname, search } = new URL(url);
      const way = { host: '127.0.0.1', port: portOf(host), path: pathname + search, method, headers };
      request.pipe(
        http.request(way, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))),
      );
    });
    proxy.#server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      const given = Buffer.from(
        (request.headers['proxy-authorization'] ?? '').replace('Basic ', ''),
        'base64',
      ).toString();
      proxy.tunnels.push({ target: request.url ?? '', credentials: given });
      proxy.#keep(socket);
      if (behaviour === 'hang') return;
      if (behaviour === 'close') socket.end();
      else if (behaviour === 'forge') {
        const body = '{"code":0,"message":"OK","data":{"list":[],"page_info":{"total_number":0}}}';
        socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      } else if (credentials !== undefined && given !== credentials) {
        socket.end(
          'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
        );
      } else {
        const server = net.connect(portOf(request.url ?? ''), '127.0.0.1', () => {
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
