import { ensureWebBuilt } from '../../scripts/build.ts';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../server/testing/test-server.ts';

/** The whole product on free ports: built apps, real server, real database. */
export async function startProduct(options: TestServerOptions = {}): Promise<TestServer> {
  await ensureWebBuilt();
  const web = new URL('../../web/', import.meta.url).pathname;
  return startTestServer({
    webFolders: { practice: `${web}practice/dist`, room: `${web}room/dist` },
    ...options,
  });
}
