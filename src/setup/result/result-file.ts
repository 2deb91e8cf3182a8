/** A file to be written, before anything is written. */
export interface ResultFile {
  /** Relative to the chosen folder, forward slashes, never leaving it. */
  readonly path: string;
  /** 0o600 where it holds a secret. */
  readonly mode: 0o600 | 0o644 | 0o755;
  readonly content: string;
  /** One line for the user: what it is for. */
  readonly says: string;
  /** It keeps all that is there and adds to it: the user need not agree to it. */
  readonly extends?: boolean;
}
