import { css } from 'lit';
import * as t from './tokens.js';

/** Pictures that stand in a conversation. */
export const bodyPicture = css`
  .picture {
    display: block;
    max-width: min(100%, 420px);
    max-height: 280px;
    margin-top: 4px;
    border: 1px solid ${t.line};
    object-fit: contain;
  }
`;
