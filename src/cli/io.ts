// What a program is given by the system it runs on: streams, environment variables, a folder. Injected, so that tests run in-process.

/** A stream that is written to. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** How wide the terminal is; absent in a pipe. */
  readonly columns?: number | undefined;
}

/** The surroundings of one run. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input, up to one octet more than `limit`. */
  readonly stdin: (limit: number) => Promise<Uint8Array>;
  /** Calls back on every Ctrl-C, and when nobody reads any longer what is printed; returns what ends that. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Asks the person in front of the terminal. Absent where there is no terminal. */
  readonly ask?: Ask | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative file names start from. */
  readonly cwd: string;
}

/**
 * Asks a person for one line; `undefined` when nobody answers.
 * @param isHidden whether what is typed stays off the screen.
 * @param ended the question is taken back when it is aborted.
 */
export type Ask = (question: string, isHidden: boolean, ended?: AbortSignal) => Promise<string | undefined>;
