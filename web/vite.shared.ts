import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';

/**
 * What both apps are built with; `web/<app>/vite.config.ts` passes its own folder (`import.meta.url`).
 * Nothing is inlined and nothing is evaluated, so that the pages run under a Content-Security-Policy of `'self'`.
 */
export function sharedConfig(configUrl: string): UserConfig {
  return {
    root: fileURLToPath(new URL('.', configUrl)),
    base: '/',
    appType: 'mpa',
    clearScreen: false,
    logLevel: 'warn',
    // No file outside the app's folder may change what is built.
    envDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [subresourceIntegrity()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: ['es2022', 'chrome107', 'edge107', 'firefox104', 'safari16'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      reportCompressedSize: false,
    },
  };
}

/** Adds `integrity` to every script and stylesheet of the page: an altered file is not run. */
function subresourceIntegrity(): Plugin {
  return {
    name: 'subresource-integrity',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const page of Object.values(bundle)) {
          if (page.type !== 'asset' || !page.fileName.endsWith('.html')) continue;
          const html = typeof page.source === 'string' ? page.source : Buffer.from(page.source).toString();
          page.source = html.replace(
            /<(script|link)\b[^>]*?\s(?:src|href)="\/([^"]+)"[^>]*>/g,
            (tag, _name, file: string) => {
              const built = bundle[file];
              if (!built) return tag;
              const content = built.type === 'chunk' ? built.code : built.source;
              const digest = createHash('sha384').update(content).digest('base64');
              return tag.replace(/>$/, ` integrity="sha384-${digest}">`);
            },
          );
        }
      },
    },
  };
}
