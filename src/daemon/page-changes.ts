/** Changes of the user's own pages that the server has, until the source is closed: each message is another version. */
export function openPageChanges(origin: string): EventSource {
  return new EventSource(`${origin}/pages/.changes`);
}
