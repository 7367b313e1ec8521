import { css } from 'lit';

/** The room that the cost strip takes, kept while what draws it is on its way. */
export const stripPlace = css`
  .strip {
    min-height: 265px;
    padding-bottom: 8px;
  }
  @container (max-width: 720px) {
    .strip {
      min-height: 287px;
    }
  }
`;
