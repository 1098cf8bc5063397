// What was read from a file is not changed any more: the same type with every member and list readonly.

export type Readonlys<T> = T extends readonly (infer Item)[]
  ? readonly Readonlys<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Readonlys<T[Name]> }
    : T;
