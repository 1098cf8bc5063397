// What a person looks at more closely.

export type Selection =
  | { readonly kind: 'row'; readonly row: string }
  | { readonly kind: 'state'; readonly state: string }
  /** An entry of the table: `423`, `REGISTER 403`, `4xx`. */
  | { readonly kind: 'key'; readonly key: string }
  /** Something of the ladder, by its number. */
  | { readonly kind: 'entry'; readonly seq: number };
