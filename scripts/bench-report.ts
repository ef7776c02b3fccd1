/** The rows of `npm run bench`: each figure with its goal, the median of its runs and their range. */
const rows: { figure: string; goal: string; measured: string; runs: string }[] = [];

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that `share` of the values are not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function report(
  figure: string,
  goal: string,
  unit: string,
  values: readonly number[],
  digits = 0,
): void {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const measured = `${median(values).toFixed(digits)} ${unit}`;
  const runs = `${low.toFixed(digits)}–${high.toFixed(digits)} in ${values.length}`;
  rows.push({ figure, goal, measured, runs });
}

export function printReport(): void {
  console.log('| figure | goal | measured | range |\n| --- | --- | --- | --- |');
  for (const { figure, goal, measured, runs } of rows)
    console.log(`| ${figure} | ${goal} | ${measured} | ${runs} |`);
}
