import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { UsageFailure } from '../../console/failure.ts'

const iterations = 4096

/**
 * What PostgreSQL keeps of a password (RFC 5803). A role is given this instead of the password itself, so that the password is in no
 * statement, and thereby in no log and no statistics of the server. Throws a UsageFailure for a password that is not printable ASCII:
 * others would have to be normalized first, and a client that does it differently could not log in.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  if (!/^[\x21-\x7e]{16,}$/.test(password)) throw new UsageFailure('A password of the data store must have at least 16 printable ASCII characters and no spaces.')
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const stored = createHash('sha256').update(createHmac('sha256', salted).update('Client Key').digest()).digest('base64')
  const server = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`
}
