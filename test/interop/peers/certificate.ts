// A certificate for 127.0.0.1, made when it is needed, that nobody else trusts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateFile extends Certificate {
  /** Where the certificate lies, for NODE_EXTRA_CA_CERTS. */
  readonly file: string;
  remove(): void;
}

export function makeCertificate(): CertificateFile {
  const folder = mkdtempSync(join(tmpdir(), 'sip-retry-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return {
    cert: readFileSync(cert, 'utf8'),
    key: readFileSync(key, 'utf8'),
    file: cert,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
