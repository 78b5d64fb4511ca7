import './reflection.ts'
import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension, X509Certificate, X509CertificateGenerator, cryptoProvider,
} from '@peculiar/x509'
import type { Generated } from './generate.ts'

cryptoProvider.set(webcrypto)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** A P-256 private key is a number below the order of the curve, which has 256 bits. */
const entropyBits = 256
const day = 24 * 3600 * 1000
const authorityDays = 10 * 365
/** Half as long again as the period of rotation, so a late rotation is not yet an outage. */
const serverDays = 90
/** A machine whose clock is a little behind must not see a certificate from the future. */
const clockSkew = 5 * 60_000

export interface Authority { key: string, certificate: string }

/** A new authority: `key` and `certificate`, both PEM. */
export async function newAuthority(platform: string, now = new Date()): Promise<Generated> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${platform} authority`,
    ...validity(now, authorityDays),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { values: { key: await privateKeyPem(keys.privateKey), certificate: certificate.toString('pem') }, entropyBits }
}

/** A server certificate for `*.<domain>`, signed by the authority, as a kubernetes.io/tls Secret holds it. */
export async function newServerCertificate(authority: Authority, domain: string, now = new Date()): Promise<Generated> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const signingKey = await webcrypto.subtle.importKey('pkcs8', createPrivateKey(authority.key).export({ type: 'pkcs8', format: 'der' }), algorithm, false, ['sign'])
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=*.${domain}`,
    issuer: new X509Certificate(authority.certificate).subject,
    ...validity(now, serverDays),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: `*.${domain}` }]),
    ],
  })
  return { values: { 'tls.crt': certificate.toString('pem'), 'tls.key': await privateKeyPem(keys.privateKey), 'ca.crt': authority.certificate }, entropyBits }
}

/** Why a stored server certificate has to be made again; undefined when it is good for this authority and domain. */
export function unfit(values: Readonly<Record<string, string>>, { authority, domain, now = new Date() }: { authority: Authority, domain: string, now?: Date }): string | undefined {
  if (values['ca.crt'] !== authority.certificate) return 'another authority signed it'
  const certificate = new X509Certificate(values['tls.crt'] ?? '')
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value) ?? []
  if (!names.includes(`*.${domain}`)) return `it is for ${names.join(', ')} and not for *.${domain}`
  return now.getTime() > certificate.notAfter.getTime() - (serverDays / 9) * day ? `it ends on ${certificate.notAfter.toISOString().slice(0, 10)}` : undefined
}

/** Whether a private key, PEM, belongs to a certificate, PEM. */
export function belongTogether(key: string, certificate: string): boolean {
  const ofKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return ofKey.equals(Buffer.from(new X509Certificate(certificate).publicKey.rawData))
}

function validity(now: Date, days: number): { notBefore: Date, notAfter: Date } {
  return { notBefore: new Date(now.getTime() - clockSkew), notAfter: new Date(now.getTime() + days * day) }
}

/** 127 random bits: positive, as RFC 5280 wants it. */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0)
  return bytes.toString('hex')
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}
