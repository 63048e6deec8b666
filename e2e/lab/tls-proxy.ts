// Runs in the internet's namespace: takes TLS off and passes on to the product, which is in another one. Sockets that are
// files do not care for namespaces.
import { connect } from 'node:net';
import { createServer } from 'node:tls';

export type ProxyOptions = {
  addresses: string[];
  key: string;
  cert: string;
  /** By the name that the browser asks for. */
  sockets: Record<string, string>;
};

const { addresses, key, cert, sockets } = JSON.parse(process.argv[2] ?? '') as ProxyOptions;
process.on('disconnect', () => process.exit());
for (const address of addresses) {
  const server = createServer({ key, cert }, (browser) => {
    const path = sockets[browser.servername || ''];
    browser.on('error', () => browser.destroy());
    if (path === undefined) {
      browser.destroy();
      return;
    }
    const product = connect(path);
    product.on('error', () => browser.destroy());
    browser.on('close', () => product.destroy());
    product.on('close', () => browser.destroy());
    browser.pipe(product).pipe(browser);
  });
  await new Promise<void>((resolve) => server.listen(443, address, resolve));
}
process.send?.('ready');
