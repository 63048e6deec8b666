import { defineConfig, type Plugin } from 'vite';
import { sharedConfig } from '../vite.shared.ts';

const shared = sharedConfig(import.meta.url);

/** What the first screen does without, in few files: every request costs a patient on a slow line a round trip. */
const behindFirstScreen =
  /\/packages\/(call\/(?!connection-test|test-|device-care|path-(health|watch)|outgoing-quality|picture-care|thrift|host-(room|state)|introductions|expected-guests|guest-streams)|protocol\/)|\/crypto\/(card|handshake|records|seal|words)\.ts$|\/zod\/|\/web\/room\/(messages\.ts|mishaps\/|devices\/(?!picture-size|problem-(?!place))|consultation\/(?!link)|files\/tool|people\/(people|people-tool|messages)|follow|insecure|isolate|share\/(share-tool|screen-slot)|blur\/background|setting|use-loaded|hints\/hint-tool)|\/(dates\.ts|level-bar\.tsx)$|\/packages\/time\/local-instant|\/lucide\/.*\/(door|ellipsis|keyboard|lock|log|m(ax|in)imize|message|mic|move|paperclip|phone|picture|s(creen-share|end)|shield|signal|sliders|users|video|volume|x)[^/]*$/;
const keys = /\/crypto\/(bytes|secret)\.ts$|\/web\/room\/keys\.ts$/;

/** Vite wraps each `import()` to preload what it needs; here that is nothing, and the wrapper a tenth of the first screen. */
const plainImports: Plugin = {
  name: 'plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined,
};

/** The WebAssembly program's own loader names two modules of Node, for when it runs there. */
const withoutNode: Plugin = {
  name: 'without-node',
  enforce: 'pre',
  resolveId: (id) => (id === 'fs' || id === 'path' ? '\0nothing' : undefined),
  load: (id) => (id === '\0nothing' ? 'export default undefined;' : undefined),
};

export default defineConfig({
  ...shared,
  plugins: [...(shared.plugins ?? []), plainImports],
  worker: { format: 'es', plugins: () => [withoutNode] },
  build: {
    ...shared.build,
    // One stylesheet for the first screen and all that follows: one request, and nothing jumps when the rest arrives.
    cssCodeSplit: false,
    // What follows is loaded while the person types.
    modulePreload: false,
    rolldownOptions: {
      // Importing a module of the packages does nothing by itself, so what is not used of them is left out.
      treeshake: { moduleSideEffects: [{ test: /\/packages\//, sideEffects: false }] },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'keys', test: keys },
            { name: 'room', test: behindFirstScreen, minShareCount: 2 },
          ],
        },
      },
    },
  },
});
