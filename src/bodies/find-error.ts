/** What can't be searched for, in words for the user. */
export class FindError extends Error {
  override readonly name = 'FindError';
}
