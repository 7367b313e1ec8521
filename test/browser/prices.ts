import '../../components/hm-pricing.js';
import type { HmPricing } from '../../components/hm-pricing.js';
import { type mount, mountLoaded, until } from './mount.js';

/** What comes right after the rates: the end of it, or in an empty database all that there is. */
const REST = '[part="what-if"], [part="empty"]';

/** Waits for what stands below the rates as well, which comes with a script of its own. */
export async function mountPrices(template: Parameters<typeof mount>[0]): Promise<HmPricing> {
  const element = await mountLoaded<HmPricing>(template);
  await until(() => element.shadowRoot!.querySelector(REST));
  return element;
}
