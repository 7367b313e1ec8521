/** How Lit makes its Trusted Types policy. */
const POLICY = /\b\w\.createPolicy\("lit-html",\{createHTML:(\w)=>\1\}\)/;

/** Where every copy of Lit on a page enters itself: ours keep their policy there. */
const LIST = '(globalThis.litHtmlVersions??=[])';

/**
 * Lets two builds of ours on one page have one policy `lit-html`: where the page lists the policies that it allows, a
 * second one of that name throws, and nothing of the second build would be drawn. Fails the build where a newer Lit makes
 * its policy otherwise.
 */
export function sharePolicy() {
  return {
    name: 'share-policy',
    transform(code, id) {
      if (!/[\\/]node_modules[\\/]lit-html[\\/]lit-html\.js$/.test(id)) return null;
      if (!POLICY.test(code)) this.error(`${id} no longer makes its policy as it did.`);
      return { code: code.replace(POLICY, `${LIST}.hmPolicy??=$&`), map: null };
    },
  };
}
