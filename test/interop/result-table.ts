// A vitest reporter: the table of results at the end of the run.
import type { Reporter, TestCase, TestModule } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    /** What was seen, for the table. */
    seen?: string;
  }
}

export class ResultTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.allTests()].map(rowOf));
    const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    for (const row of rows) {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
    }
    const count = (state: string): number => rows.filter(([found]) => found === state).length;
    process.stdout.write(`\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`);
  }
}

function rowOf(test: TestCase): readonly string[] {
  const seconds = ((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1).padStart(5);
  return [test.result().state, `${seconds} s`, test.fullName, test.meta().seen ?? ''];
}
