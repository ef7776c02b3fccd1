/** How long Redis may take over one question about leases: well below the margin between two renewals. */
export const ANSWER_MS = 3000;

/** Rejects when `work` has not ended in time; what it brings later is not heard. */
export function within<T>(work: Promise<T>, ms = ANSWER_MS): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('TIMEOUT Redis took too long')), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
