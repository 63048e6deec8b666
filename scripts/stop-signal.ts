const sameStopMs = 1_000;

/**
 * Aborted when this process is asked to end: by a signal, or by the death of scripts/launch.mjs, which takes its end of
 * the channel with it. Asked again later, the process ends at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstAt = 0;
  const ask = (): void => {
    // One Ctrl-C arrives several times: from the terminal, through npm and through the launcher.
    if (firstAt && Date.now() - firstAt > sameStopMs) process.exit(1);
    firstAt ||= Date.now();
    stop.abort();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, ask);
  process.on('disconnect', ask);
  process.channel?.unref();
  return stop.signal;
}
