// Before the suite: the peers are installed where they are missing, and the command is built.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PEERS: ReadonlyMap<string, string> = new Map([
  ['sipp', 'sip-tester'],
  ['kamailio', 'kamailio'],
]);

/** `undefined` when the peers are there, else why they are not. */
export function whyPeersAreMissing(): string | undefined {
  const missing = [...PEERS].filter(([program]) => !isInstalled(program)).map(([program]) => program);
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed, and apt-get could not install it`;
}

export function setup(): void {
  const packages = [...PEERS].filter(([program]) => !isInstalled(program)).map(([, name]) => name);
  if (packages.length > 0 && isInstalled('apt-get')) install(packages);
  const why = whyPeersAreMissing();
  if (why !== undefined) process.stderr.write(`Interoperability tests with these peers are skipped: ${why}.\n`);
  if (process.env['SIP_RETRY_SKIP_BUILD'] === undefined)
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}

function install(packages: readonly string[]): void {
  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-q'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [program = '', ...args] = [...sudo, 'apt-get', ...apt, ...words];
    try {
      execFileSync(program, args, { stdio: 'inherit', env });
    } catch (cause) {
      // No network or no right to install: the tests with these peers are skipped.
      process.stderr.write(`${String(cause)}\n`);
      return;
    }
  }
}

function isInstalled(program: string): boolean {
  return `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin`
    .split(':')
    .some((folder) => existsSync(`${folder}/${program}`));
}
