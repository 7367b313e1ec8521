import { css } from 'lit';

/** The room that spend takes, kept while what draws it is on its way. */
export const spendPlace = css`
  .place {
    min-height: 436px;
  }
`;
