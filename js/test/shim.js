// The little of `wasi:http/types` that bodies need, with the manners of the published shims.

export class Fields {
  constructor(entries = []) {
    this.entries = entries;
  }

  static fromList(entries) {
    const forbidden = entries.find(([name]) => /^(host|connection|transfer-encoding)$/i.test(name));
    if (forbidden) throw new Error(`${forbidden[0]} is forbidden`);
    return new Fields(entries);
  }

  copyAll() {
    return this.entries;
  }
}

/** Reads as the shim for Node does: null is the end. What it reads itself, it does not stop. */
class NodeReader {
  constructor(source) {
    this.source = source;
  }

  async read() {
    const { done, value } = await this.source.read({ count: 65536 });
    return done ? null : value;
  }

  async cancel() {}
}

class Message {
  static new(headers, contents, trailers) {
    const message = new this();
    Object.assign(message, { headers, trailers, contents: contents && new NodeReader(contents) });
    return [message, new Promise(() => undefined)];
  }

  static consumeBody(message) {
    return [message.contents ?? null, message.trailers];
  }

  getHeaders() {
    return this.headers;
  }
}

export class Request extends Message {
  asked = {};
  setMethod = (method) => (this.asked.method = method);
  setPathWithQuery = (path) => (this.asked.path = path);
  setScheme = (scheme) => (this.asked.scheme = scheme);
  setAuthority = (authority) => (this.asked.authority = authority);
}

export class Response extends Message {
  status = 200;
  getStatusCode = () => this.status;
}

export const types = { Fields, Request, Response };
