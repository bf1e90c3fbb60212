import type { ClientChannel } from 'ssh2';

/** Past this a node that never closes what it was told to close is not waited for. */
const LONGEST_MS = 5_000;

/** A place among the channels that a node allows, held for one command. */
export interface Lease {
  /** It is taken until this channel is closed from both sides. */
  holds(channel: ClientChannel): void;
  /** Nobody waits for the command any more; where a channel may still be open, the place is given back once it is closed. */
  over(mayBeOpen: boolean): void;
}

/**
 * The other side counts a channel until it has closed it too (RFC 4254, 5.3): who opens the next one as soon as a command
 * was given up is refused.
 */
export function createLease(release: () => void): Lease {
  let timer: NodeJS.Timeout | undefined;
  let isGivenBack = false;
  const giveBack = () => {
    clearTimeout(timer);
    if (!isGivenBack) release();
    isGivenBack = true;
  };
  return {
    holds: (channel) => {
      channel.once('close', giveBack);
    },
    over: (mayBeOpen) => {
      if (!mayBeOpen) giveBack();
      else if (!isGivenBack) timer = setTimeout(giveBack, LONGEST_MS).unref();
    },
  };
}
