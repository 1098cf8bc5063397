import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OverloadControl, type OverloadControlOptions } from '../../src/budget/overload-control.js';
import type { SipRequest } from '../../src/sip/message.js';
import { seededRandom } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { bye, emergency, inDialog, ordinary, requestWith } from './requests.js';

const SERVER = 'sip:192.0.2.1:5060;transport=udp';

function controlOf(options: OverloadControlOptions & { random?: () => number } = {}) {
  const { random = () => 0.5, ...rest } = options;
  const clock = new VirtualClock();
  return { clock, control: new OverloadControl({ clock, random }, rest) };
}

function via(params: string): string {
  return `SIP/2.0/UDP client.example.com;branch=z9hG4bK1;received=192.0.2.111${params}`;
}

/** How many of these requests go, one every `everyMs`; the server renews its restriction whenever it is over. */
function run(
  { clock, control }: ReturnType<typeof controlOf>,
  { params, requests, everyMs }: { params: string; requests: readonly SipRequest[]; everyMs: number },
): readonly SipRequest[] {
  return requests.filter((request) => {
    clock.advance(everyMs);
    if (control.restriction(SERVER) === undefined) control.noteResponse(SERVER, via(params));
    return control.admit(SERVER, request).admitted;
  });
}

describe('OverloadControl', () => {
  it('offers loss and rate in the topmost Via of every request (RFC 7339 §4.1, §4.2; RFC 7415 §3.3)', () => {
    expect(controlOf().control.viaParameters(SERVER)).toBe(';oc;oc-algo="loss,rate"');
  });

  it('neither offers it to servers that the application leaves out, nor heeds them', () => {
    const { control } = controlOf({ offeredTo: (server) => server !== SERVER });
    expect(control.viaParameters(SERVER)).toBe('');
    expect(control.viaParameters('sip:other')).not.toBe('');
    control.noteResponse(SERVER, via(';oc=100;oc-algo="loss";oc-validity=1000;oc-seq=1.0'));
    expect(control.admit(SERVER, ordinary)).toEqual({ admitted: true });
  });

  it('restricts nothing where the server leaves the offer as it is: it takes no part (RFC 7339 §6)', () => {
    const { control } = controlOf();
    control.noteResponse(SERVER, via(';oc;oc-algo="loss,rate"'));
    control.noteResponse(SERVER, via(''));
    control.noteResponse(SERVER, '');
    expect(control.size).toBe(0);
    expect(control.admit(SERVER, ordinary)).toEqual({ admitted: true });
  });

  it('reads only the topmost Via (RFC 7339 §5.4)', () => {
    const { control } = controlOf();
    control.noteResponse(SERVER, `${via(';oc')}, ${via(';oc=100;oc-validity=1000;oc-seq=1.1')}`);
    expect(control.restriction(SERVER)).toBeUndefined();
  });

  it('reads the example of RFC 7339 §6, and says in a refusal what was asked for and until when', () => {
    const { control } = controlOf({ random: () => 0 });
    control.noteResponse(SERVER, via(';oc=0;oc-algo="loss";oc-validity=0'));
    expect(control.restriction(SERVER)).toBeUndefined();
    control.noteResponse(SERVER, via(';oc=20;oc-algo="loss";oc-validity=500;oc-seq=1282321615.782'));
    expect(control.restriction(SERVER)).toEqual({ algorithm: 'loss', oc: 20, until: 500 });
    expect(control.admit(SERVER, ordinary)).toEqual({ admitted: false, because: 'loss', oc: 20, until: 500 });
    control.noteResponse(SERVER, via(';oc=0;oc-algo="loss";oc-validity=0;oc-seq=1282321892.439'));
    expect(control.restriction(SERVER)).toBeUndefined();
    expect(control.admit(SERVER, ordinary)).toEqual({ admitted: true });
  });

  describe('validity (RFC 7339 §4.3, §5.7)', () => {
    it.each(['', ';oc-validity', ';oc-validity=abc', ';oc-validity=-1', ';oc-validity=1.5'])(
      'lasts 500 ms with "%s"',
      (validity) => {
        const { clock, control } = controlOf({ random: () => 0 });
        control.noteResponse(SERVER, via(`;oc=100;oc-algo="loss"${validity};oc-seq=1.1`));
        clock.advance(499);
        expect(control.admit(SERVER, ordinary).admitted).toBe(false);
        clock.advance(1);
        expect(control.admit(SERVER, ordinary).admitted).toBe(true);
        expect(control.restriction(SERVER)).toBeUndefined();
      },
    );

    it('is bounded by an hour', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(';oc=0;oc-algo="rate";oc-validity=99999999999999;oc-seq=1.1'));
      expect(control.restriction(SERVER)?.until).toBe(3_600_000);
    });

    it('ends it with 0, even without a value for oc', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(';oc=100;oc-algo="loss";oc-validity=9000;oc-seq=1.1'));
      control.noteResponse(SERVER, via(';oc;oc-algo="loss";oc-validity=0;oc-seq=1.2'));
      expect(control.restriction(SERVER)).toBeUndefined();
    });

    it('is discarded without a value for oc', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(';oc;oc-algo="loss";oc-validity=1000;oc-seq=1.1'));
      expect(control.size).toBe(0);
    });
  });

  describe('oc-algo (RFC 7339 §4.2)', () => {
    it.each(['', ';oc-algo', ';oc-algo="loss,rate"', ';oc-algo="*"'])('is loss by default with "%s"', (algorithm) => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(`;oc=10${algorithm};oc-validity=1000;oc-seq=1.1`));
      expect(control.restriction(SERVER)).toMatchObject({ algorithm: 'loss' });
    });

    it('stays what it was until the server changes it', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(';oc=0;oc-algo="Rate";oc-validity=0;oc-seq=1.1'));
      control.noteResponse(SERVER, via(';oc=150;oc-validity=1000;oc-seq=1.2'));
      expect(control.restriction(SERVER)).toMatchObject({ algorithm: 'rate', oc: 150 });
      control.noteResponse(SERVER, via(';oc=15;oc-algo="loss";oc-validity=1000;oc-seq=1.3'));
      expect(control.restriction(SERVER)).toMatchObject({ algorithm: 'loss', oc: 15 });
    });

    it('that was not offered means nothing here', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(';oc=10;oc-algo="A";oc-validity=1000;oc-seq=1.1'));
      expect(control.size).toBe(0);
    });
  });

  it.each(['oc=abc', 'oc=-5', 'oc=1.5', 'oc=101', 'oc='])('takes a malformed %s as absent', (oc) => {
    const { control } = controlOf();
    control.noteResponse(SERVER, via(`;${oc};oc-algo="loss";oc-validity=1000;oc-seq=1.1`));
    expect(control.restriction(SERVER)).toBeUndefined();
    control.noteResponse(SERVER, via(';oc=20;oc-algo="loss";oc-validity=1000;oc-seq=1.1'));
    control.noteResponse(SERVER, via(`;${oc};oc-algo="loss";oc-validity=1000;oc-seq=1.2`));
    expect(control.restriction(SERVER)).toMatchObject({ oc: 20 });
  });

  describe('oc-seq (RFC 7339 §4.4, §5.4)', () => {
    function afterwards(...seqs: readonly string[]): number | undefined {
      const { control } = controlOf();
      seqs.forEach((seq, index) => {
        control.noteResponse(SERVER, via(`;oc=${index + 1};oc-algo="loss";oc-validity=1000${seq}`));
      });
      return control.restriction(SERVER)?.oc;
    }
    const seq = (value: string) => `;oc-seq=${value}`;

    it('takes what is newer, and no tardy response', () => {
      expect(afterwards(seq('5.1'), seq('5.2'))).toBe(2);
      expect(afterwards(seq('5.2'), seq('5.1'))).toBe(1);
      expect(afterwards(seq('5.2'), seq('5.2'))).toBe(1);
      expect(afterwards(seq('5.10'), seq('5.9'))).toBe(2);
      expect(afterwards(seq('999999999999.99998'), seq('999999999999.99999'))).toBe(2);
    });

    it('does not restart the validity for the same number', () => {
      const { clock, control } = controlOf();
      control.noteResponse(SERVER, via(';oc=10;oc-validity=1000;oc-seq=5.0'));
      clock.advance(900);
      control.noteResponse(SERVER, via(';oc=10;oc-validity=1000;oc-seq=5.0'));
      expect(control.restriction(SERVER)?.until).toBe(1_000);
    });

    it('reads an unsigned integer, as §4.4 says, and the form of §9', () => {
      expect(afterwards(seq('7'), seq('6.99999'))).toBe(1);
      expect(afterwards(seq('7'), seq('7.00001'))).toBe(2);
    });

    it('takes a far smaller number for an overflow, after which the order begins anew', () => {
      expect(afterwards(seq('999999999999.1'), seq('1282321615.1'))).toBe(2);
      expect(afterwards(seq('4294967295'), seq('1'), seq('4294967200'))).toBe(3);
      expect(afterwards(seq('4294967295'), seq('1'), seq('0'))).toBe(2);
      expect(afterwards(seq('1000000'), seq('1'))).toBe(1);
      expect(afterwards(seq('1282321615'), seq('1270000000'))).toBe(1);
    });

    it.each(['', ';oc-seq', ';oc-seq=x', ';oc-seq=1234567890123', ';oc-seq=1.123456'])(
      'goes by the order of arrival with "%s", and still knows the last number',
      (odd) => {
        expect(afterwards(seq('5.0'), odd)).toBe(2);
        expect(afterwards(seq('5.0'), odd, seq('4.0'))).toBe(2);
        expect(afterwards(odd, odd)).toBe(2);
      },
    );

    it('is remembered until no response can be tardy any more', () => {
      const { clock, control } = controlOf();
      control.noteResponse(SERVER, via(';oc=10;oc-validity=1000;oc-seq=5.0'));
      clock.advance(32_999);
      control.noteResponse(SERVER, via(';oc=10;oc-validity=1000;oc-seq=4.0'));
      expect(control.restriction(SERVER)).toBeUndefined();
      clock.advance(1);
      control.noteResponse(SERVER, via(';oc=10;oc-validity=1000;oc-seq=4.0'));
      expect(control.restriction(SERVER)).toBeDefined();
    });
  });

  describe('loss (RFC 7339 §7)', () => {
    const LOSS = (oc: number) => `;oc=${oc};oc-algo="loss";oc-validity=60000`;

    it('begins with the mix of the reference algorithm: 80 to 20', () => {
      const { control } = controlOf({ random: () => 0.249 });
      control.noteResponse(SERVER, via(LOSS(20)));
      expect(control.admit(SERVER, ordinary).admitted).toBe(false);
      const { control: other } = controlOf({ random: () => 0.251 });
      other.noteResponse(SERVER, via(LOSS(20)));
      expect(other.admit(SERVER, ordinary).admitted).toBe(true);
    });

    it('leaves out nothing with oc=0', () => {
      const { control } = controlOf({ random: () => 0 });
      control.noteResponse(SERVER, via(LOSS(0)));
      expect([ordinary, inDialog].map((one) => control.admit(SERVER, one).admitted)).toEqual([true, true]);
    });

    it('keeps requests within dialogs and marked ones until the ordinary ones are exhausted (§5.10.1)', () => {
      const { control } = controlOf({ random: () => 0 });
      control.noteResponse(SERVER, via(LOSS(80)));
      const marked = requestWith({ priority: 'wps.1' });
      expect([ordinary, inDialog, marked].map((one) => control.admit(SERVER, one).admitted)).toEqual([
        false,
        true,
        true,
      ]);
      control.noteResponse(SERVER, via(LOSS(90)));
      expect([ordinary, inDialog, marked].map((one) => control.admit(SERVER, one).admitted)).toEqual([
        false,
        false,
        false,
      ]);
    });

    it('lets emergency calls, ACK, CANCEL and BYE go even with oc=100', () => {
      const { control } = controlOf({ random: () => 0 });
      control.noteResponse(SERVER, via(LOSS(100)));
      const kept = [emergency, bye, requestWith({ method: 'ACK' }), requestWith({ method: 'CANCEL' })];
      expect(kept.map((one) => control.admit(SERVER, one).admitted)).toEqual([true, true, true, true]);
      expect([ordinary, inDialog].map((one) => control.admit(SERVER, one).admitted)).toEqual([false, false]);
    });

    it.each([
      [10, 0.8, 0.2],
      [50, 0.8, 0.2],
      [30, 0.4, 0.4],
      [60, 0.4, 0.4],
      [20, 0, 0.9],
      [50, 1, 0],
      [100, 0.5, 0.5],
    ])(
      'reduces all requests by oc=%d per cent, whatever they are (ordinary %d, prioritised %d)',
      (oc, ofOrdinary, ofOthers) => {
        const random = seededRandom(`loss ${oc} ${ofOrdinary}`);
        const mix = seededRandom(`mix ${oc} ${ofOrdinary}`);
        const requests = Array.from({ length: 40_000 }, () => {
          const draw = mix();
          return draw < ofOrdinary ? ordinary : draw < ofOrdinary + ofOthers ? inDialog : bye;
        });
        const sent = run(controlOf({ random }), { params: LOSS(oc), requests, everyMs: 10 });
        expect(Math.abs(1 - sent.length / requests.length - oc / 100)).toBeLessThan(0.015);
      },
    );

    it('makes nothing of a mix of fewer than twenty requests', () => {
      const { clock, control } = controlOf({ random: () => 0.9 });
      control.noteResponse(SERVER, via(LOSS(20)));
      for (let count = 0; count < 18; count += 1) {
        clock.advance(1_000);
        control.admit(SERVER, inDialog);
      }
      expect(control.admit(SERVER, ordinary).admitted).toBe(true);
      // Twenty with this one, two of them ordinary: to be 20 % less, none of those may go.
      expect(control.admit(SERVER, ordinary).admitted).toBe(false);
    });
  });

  it('samples the mix every five seconds (§7.2)', () => {
    const { clock, control } = controlOf({ random: () => 0.5 });
    const admitTimes = (times: number, request: SipRequest) => {
      for (let count = 0; count < times; count += 1) control.admit(SERVER, request);
    };
    control.noteResponse(SERVER, via(';oc=30;oc-algo="loss";oc-validity=60000'));
    clock.advance(5_000);
    admitTimes(20, inDialog);
    // No request was ordinary: the others bear the 30 %, and those that come are left out.
    expect(control.admit(SERVER, ordinary).admitted).toBe(false);
    admitTimes(100, ordinary);
    expect(control.admit(SERVER, ordinary).admitted).toBe(false);
    clock.advance(5_000);
    expect(control.admit(SERVER, ordinary).admitted).toBe(true);
  });

  describe('rate (RFC 7415 §3.5)', () => {
    const RATE = (oc: number | string, validity = 60_000) => `;oc=${oc};oc-algo="rate";oc-validity=${validity}`;

    it('admits a burst, then names the moment for each, at which it is admitted', () => {
      const { clock, control } = controlOf();
      control.noteResponse(SERVER, via(RATE(2)));
      const burst = Array.from({ length: 20 }, () => control.admit(SERVER, ordinary)).filter(
        ({ admitted }) => admitted,
      );
      expect(burst).toHaveLength(6);
      const refusal = control.admit(SERVER, ordinary);
      expect(refusal).toEqual({ admitted: false, because: 'rate', oc: 2, until: 60_000, at: 500 });
      clock.advance(499);
      expect(control.admit(SERVER, ordinary).admitted).toBe(false);
      clock.advance(1);
      expect(control.admit(SERVER, ordinary).admitted).toBe(true);
      expect(control.admit(SERVER, ordinary)).toMatchObject({ at: 1_000 });
    });

    it('has a larger tolerance for prioritised requests (§3.5.2)', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(RATE(2)));
      for (let count = 0; count < 6; count += 1) control.admit(SERVER, ordinary);
      expect(control.admit(SERVER, ordinary).admitted).toBe(false);
      const more = Array.from({ length: 20 }, () => control.admit(SERVER, inDialog)).filter(({ admitted }) => admitted);
      expect(more).toHaveLength(5);
    });

    it('lets what is kept go always, and makes others wait for it', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(RATE(1)));
      for (let count = 0; count < 20; count += 1) expect(control.admit(SERVER, bye).admitted).toBe(true);
      expect(control.admit(SERVER, ordinary)).toMatchObject({ at: 15_000 });
    });

    it('rejects all with oc=0, until the validity ends; what is kept goes', () => {
      const { clock, control } = controlOf();
      control.noteResponse(SERVER, via(RATE(0, 1_000)));
      expect(control.admit(SERVER, ordinary)).toEqual({
        admitted: false,
        because: 'rate',
        oc: 0,
        until: 1_000,
        at: 1_000,
      });
      expect([inDialog, bye, emergency].map((one) => control.admit(SERVER, one).admitted)).toEqual([false, true, true]);
      clock.advance(1_000);
      expect(control.admit(SERVER, ordinary).admitted).toBe(true);
    });

    it('never names a moment after the restriction ends', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(RATE(1, 100)));
      for (let count = 0; count < 6; count += 1) control.admit(SERVER, ordinary);
      expect(control.admit(SERVER, ordinary)).toMatchObject({ until: 100, at: 100 });
    });

    it('begins anew once the restriction is over', () => {
      const { clock, control } = controlOf();
      control.noteResponse(SERVER, via(RATE(1, 100)));
      for (let count = 0; count < 6; count += 1) control.admit(SERVER, ordinary);
      clock.advance(100);
      control.noteResponse(SERVER, via(RATE(1, 100)));
      expect(control.admit(SERVER, ordinary).admitted).toBe(true);
    });

    it('keeps what is in the bucket when the rate changes', () => {
      const { control } = controlOf();
      control.noteResponse(SERVER, via(RATE(1)));
      for (let count = 0; count < 6; count += 1) control.admit(SERVER, ordinary);
      expect(control.admit(SERVER, ordinary)).toMatchObject({ at: 1_000 });
      control.noteResponse(SERVER, via(RATE(10)));
      expect(control.admit(SERVER, ordinary)).toMatchObject({ at: 100 });
      control.noteResponse(SERVER, via(RATE(0)));
      control.noteResponse(SERVER, via(RATE(1)));
      expect(control.admit(SERVER, ordinary)).toMatchObject({ at: 1_000 });
    });

    it('begins with a full allowance after oc=0, and with an absurd rate restricts nothing', () => {
      const { clock, control } = controlOf();
      control.noteResponse(SERVER, via(RATE(0)));
      control.noteResponse(SERVER, via(RATE(1)));
      expect(control.admit(SERVER, ordinary).admitted).toBe(true);
      control.noteResponse(SERVER, via(RATE('9'.repeat(400))));
      for (let count = 0; count < 100; count += 1) expect(control.admit(SERVER, ordinary).admitted).toBe(true);
      clock.advance(60_000);
      control.noteResponse(SERVER, via(RATE(1)));
      expect(control.admit(SERVER, ordinary).admitted).toBe(true);
    });

    it('starts clients at random phases, so that they do not resonate (§3.5.3)', () => {
      const refusals = [0, 0.5, 0.999].map((random) => {
        const { control } = controlOf({ random: () => random });
        control.noteResponse(SERVER, via(RATE(1)));
        for (let count = 0; count < 20; count += 1) control.admit(SERVER, inDialog);
        return control.admit(SERVER, inDialog);
      });
      expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(3);
    });

    it.each([1, 10, 150])('sends no more than %d a second in the long run, and nearly as many', (oc) => {
      const requests = Array.from({ length: 50_000 }, () => ordinary);
      const everyMs = 1_000 / oc / 4;
      const sent = run(controlOf({ random: seededRandom(oc) }), {
        params: RATE(oc, 600_000_000),
        requests,
        everyMs,
      });
      const seconds = (requests.length * everyMs) / 1_000;
      // The validity is bounded by an hour, and each activation begins with a burst.
      const activations = Math.ceil(seconds / 3_600);
      expect(sent.length).toBeGreaterThanOrEqual(oc * seconds);
      expect(sent.length).toBeLessThanOrEqual(oc * seconds + 7 * activations);
    });

    it('holds in every window: the rate, the tolerance, and half a request for each time the bucket emptied', () => {
      const turns = fc.array(
        fc.record({
          wait: fc.integer({ min: 0, max: 3_000 }),
          tries: fc.integer({ min: 1, max: 15 }),
          dialog: fc.boolean(),
        }),
        { maxLength: 40 },
      );
      fc.assert(
        fc.property(turns, fc.integer({ min: 1, max: 20 }), fc.integer(), (list, oc, seed) => {
          const { clock, control } = controlOf({ random: seededRandom(seed) });
          control.noteResponse(SERVER, via(RATE(oc, 3_600_000)));
          const sent: number[] = [];
          let emptied = 1;
          for (const { wait, tries, dialog } of list) {
            clock.advance(wait);
            emptied += 1;
            for (let count = 0; count < tries; count += 1) {
              if (control.admit(SERVER, dialog ? inDialog : ordinary).admitted) sent.push(clock.now());
            }
          }
          sent.forEach((from, first) => {
            const seconds = (clock.now() - from) / 1_000;
            expect(sent.length - first).toBeLessThanOrEqual(oc * seconds + 11 + emptied / 2);
          });
        }),
        { numRuns: 200 },
      );
    });
  });

  it.each([{ capacity: 0 }, { maxValidityMs: -1 }])('tells the programmer that %j cannot be used', (options) => {
    expect(() => controlOf(options)).toThrow(expect.objectContaining({ code: 'badOptions' }));
  });

  it('throws at nothing that a server writes into the Via', () => {
    const params = fc.array(
      fc.tuple(
        fc.constantFrom('oc', 'oc-algo', 'oc-validity', 'oc-seq', 'OC'),
        fc.oneof(fc.string(), fc.constantFrom('0', '50', '"rate"', '"loss"', 'rate', '1.5', '99999999999999999999')),
      ),
    );
    fc.assert(
      fc.property(fc.array(params), fc.array(fc.integer({ min: 0, max: 5_000 })), (responses, waits) => {
        const { clock, control } = controlOf();
        responses.forEach((list, index) => {
          control.noteResponse(SERVER, via(list.map(([name, value]) => `;${name}=${value}`).join('')));
          const admission = control.admit(SERVER, ordinary);
          if (!admission.admitted) {
            expect(admission.until).toBeGreaterThan(clock.now());
            expect(admission.until).toBeLessThanOrEqual(clock.now() + 3_600_000);
          }
          expect(control.admit(SERVER, emergency).admitted).toBe(true);
          clock.advance(waits[index] ?? 0);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('stays bounded under a million hostile servers, and forgets no restriction in effect', () => {
    const { clock, control } = controlOf({ random: () => 0 });
    control.noteResponse(SERVER, via(';oc=100;oc-algo="loss";oc-validity=3600000;oc-seq=1.1'));
    const hostile = 'SIP/2.0/UDP a;oc=100;oc-validity=1000000';
    for (let server = 0; server < 1_000_000; server += 1) {
      control.noteResponse(`sip:hostile-${server}`, hostile);
      if (server % 1_000 === 0) clock.advance(1_000);
    }
    expect(control.size).toBeLessThanOrEqual(1_024);
    expect(control.admit(SERVER, ordinary).admitted).toBe(false);
  });
});
