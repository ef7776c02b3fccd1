/** Things that come in bunches are done once. */

/** Does `work` once, `ms` after the first of several calls. */
export function soon(ms: number, work: () => void): () => void {
  let isComing = false;
  return () => {
    if (isComing) return;
    isComing = true;
    setTimeout(() => {
      isComing = false;
      work();
    }, ms);
  };
}
