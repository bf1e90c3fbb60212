import { expect } from 'chai';
import ssh2 from 'ssh2';
import type { KeyPair } from '../../../src/ports/backend-module.js';
import { generateKeyPair } from '../../../src/transports/keys.js';

/** Drawn by ssh2 from a public key that begins with a zero byte, and given 31 bytes instead of 32. */
const SHORT: KeyPair = {
  privateKey: privateKeyFromHex(
    '6f70656e7373682d6b65792d763100000000046e6f6e65000000046e6f6e650000000000000001000000320000000b7373682d65643235353139' +
      '0000001f0d822f36bcade3056ac4f8ba385a157a19eefbe4a318853b2c91d5bf8c51130000008800803e6c00803e6c0000000b7373682d65643235' +
      '3531390000001f0d822f36bcade3056ac4f8ba385a157a19eefbe4a318853b2c91d5bf8c51130000003f40461be662539698675f72e1b7ede40237' +
      '9413edf154960e0c7b5a41f4ca68080d822f36bcade3056ac4f8ba385a157a19eefbe4a318853b2c91d5bf8c511300000001780102030405' +
      '06',
  ),
  publicKey: 'ssh-ed25519 short',
};

function privateKeyFromHex(hex: string): string {
  const lines = Buffer.from(hex, 'hex')
    .toString('base64')
    .match(/.{1,70}/g);
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...(lines ?? []), '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

describe('generateKeyPair', () => {
  it('gives a pair of which one half verifies what the other signs', () => {
    const { privateKey, publicKey } = generateKeyPair('halab-test');
    const [secret, open] = [ssh2.utils.parseKey(privateKey), ssh2.utils.parseKey(publicKey)];
    if (secret instanceof Error || open instanceof Error) return expect.fail('a half cannot be read');
    const signature = secret.sign('hello');
    expect(open.verify('hello', signature)).to.equal(true);
    expect(open.verify('hallo', signature)).to.equal(false);
    expect(publicKey).to.match(/^ssh-ed25519 AAAA\S+ halab-test$/);
  });

  it('draws again where the key that was drawn cannot be read', () => {
    const good = generateKeyPair('good');
    const drawn = [SHORT, SHORT, good];
    expect(generateKeyPair('x', () => drawn.shift() ?? expect.fail('drawn too often'))).to.equal(good);
    expect(drawn).to.deep.equal([]);
  });

  it('does not draw for ever', () => {
    expect(() => generateKeyPair('x', () => SHORT))
      .to.throw('no usable key pair')
      .with.property('code', 'bug');
  });
});
