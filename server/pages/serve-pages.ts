import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAsset } from '../http/assets.ts';
import type { Pages } from './open-pages.ts';
import { operatorPages, pageNames, pathOf, productLanguages } from './page-names.ts';

/** Serves the public pages to GET and HEAD, the same ones at the same paths on either origin. */
export function servePages(app: FastifyInstance, pages: Pages): void {
  async function send(request: FastifyRequest, reply: FastifyReply) {
    const asset = await pages.find(request.url.split('?', 1)[0] ?? '');
    return sendAsset(asset, request, reply);
  }
  for (const name of pageNames) {
    for (const language of productLanguages) {
      const path = pathOf(name, language);
      app.get(path, send);
      app.get(`${path}/`, (_, reply) => reply.redirect(path, 308));
    }
  }
  // Operators may write in more languages than the product speaks.
  for (const name of operatorPages) app.get(`/:language/${name}`, send);
  app.get('/seiten/:file', send);
}
