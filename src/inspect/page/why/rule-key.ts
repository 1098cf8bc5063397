// The names of rules: `REGISTER 403#2` is the second row of the entry `REGISTER 403`.

export function keyOfRule(rule: string): string {
  const end = rule.lastIndexOf('#');
  return end < 0 ? rule : rule.slice(0, end);
}
