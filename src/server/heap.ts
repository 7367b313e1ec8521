import { setFlagsFromString } from 'node:v8';

/**
 * Has this program's heaps grow slowly and be swept early: what an answer is made of is garbage as soon as it is sent,
 * and V8 would rather let it lie while there is room. To be called before the threads are started, which heed it too.
 */
export function keepHeapsSmall(): void {
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--semi-space-growth-factor=1');
}
