import { useEffect, useState } from 'preact/hooks';

/** What is loaded only where it is shown; undefined until then, and where it cannot be loaded. */
export function useLoaded<Module>(load: () => Promise<Module>): Module | undefined {
  const [loaded, setLoaded] = useState<Module>();
  useEffect(() => {
    let isShown = true;
    load().then(
      (module) => isShown && setLoaded(() => module),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, []);
  return loaded;
}
