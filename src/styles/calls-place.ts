import { css } from 'lit';

/** About the room that calls will take, so that what stands below neither moves nor loads before it is seen. */
export const callsPlace = css`
  section > [part='loading'] {
    min-height: 900px;
  }
`;
