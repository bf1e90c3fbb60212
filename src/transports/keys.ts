import ssh2 from 'ssh2';

/** A fresh ed25519 key pair in OpenSSH's own formats. */
export function generateKeyPair(comment: string): { readonly privateKey: string; readonly publicKey: string } {
  const pair = ssh2.utils.generateKeyPairSync('ed25519', { comment });
  return { privateKey: pair.private, publicKey: pair.public };
}
