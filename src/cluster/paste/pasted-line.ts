/** A line of the source, and the part of it that the tool printed. */
export interface PastedLine {
  /** The unchanged line. */
  readonly raw: string;
  readonly text: string;
}
