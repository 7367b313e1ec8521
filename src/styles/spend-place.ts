import { css } from 'lit';

/** The room that spend takes, kept while what draws it and its first answer are on their way. */
export const spendPlace = css`
  .waiting .place {
    min-height: 420px;
  }
  @container (max-width: 840px) {
    .waiting .head {
      min-height: 53px;
    }
  }
  @container (max-width: 779px) {
    .waiting .place {
      min-height: 722px;
    }
  }
  @container (max-width: 720px) {
    .waiting .place {
      min-height: 784px;
    }
  }
  @container (max-width: 650px) {
    .waiting .head {
      min-height: 77px;
    }
    .waiting .place {
      min-height: 820px;
    }
  }
  @container (max-width: 400px) {
    .waiting .place {
      min-height: 852px;
    }
  }
`;
