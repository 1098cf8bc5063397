// The token that opens the inspector: it stands in the fragment of the page's address, which no server is sent.

export function tokenOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? hash.replace(/^#/, '');
}

export function withToken(token: string): { readonly 'X-Inspector-Token': string } {
  return { 'X-Inspector-Token': token };
}
