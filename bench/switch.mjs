// What somebody writes who wants speed and nothing else: the same decisions for twelve codes, without table or trace.

/** The action and impact for the outcomes of `outcomes.mjs`, and only for those. */
export function decideByHand(facts) {
  const { status, response, request, history, client, limits } = facts;
  if (history.attempts >= limits.maxAttempts && status !== 404) return giveUp('attemptsExhausted');
  switch (status) {
    case 302: {
      const uri = response.contacts.find((target) => target !== request.uri && !history.targetsTried.includes(target));
      if (uri === undefined) return giveUp('noTargetLeft');
      return { action: { type: 'tryOtherTarget', uri, as: 'requestUri' }, impact: 'transaction' };
    }
    case 401:
    case 407: {
      if (response.challenges.some(({ verdict }) => verdict === 'rejected')) {
        return giveUp('credentialsRejected', { named: [...new Set(response.challenges.map(realmOf))] });
      }
      const challenges = [];
      for (const fact of response.challenges) if (fact.credentials !== 'none') challenges.push(fact.challenge);
      if (challenges.length === 0) return giveUp('noCredentials');
      return { action: { type: 'authenticate', challenges }, impact: 'transaction' };
    }
    case 404:
      return giveUp('notFound');
    case 423: {
      const seconds = response.minExpires;
      if (seconds === undefined || seconds <= (request.expires ?? 0) || seconds > limits.maxIntervalSeconds) {
        return giveUp('intervalRefused');
      }
      return { action: { type: 'raiseInterval', header: 'Expires', seconds }, impact: 'transaction' };
    }
    case 480:
    case 486: {
      if (response.retryAfter === undefined) return giveUp(status === 480 ? 'unavailable' : 'busy');
      const base = Math.max(response.retryAfter.seconds * 1000, limits.minWaitMs);
      const delayMs = Math.ceil(base + Math.min(base * limits.spread, limits.maxSpreadMs) * facts.random);
      if (delayMs > 300_000) return giveUp('retryAfterTooLong');
      return {
        action: { type: 'wait', delayMs, basis: 'retryAfter', reorigination: 'fresh' },
        impact: 'transaction',
      };
    }
    case 484:
      if (request.dialled === undefined) return giveUp('cannotCorrect');
      return { action: { type: 'extendDigits', dialled: request.dialled }, impact: 'transaction' };
    case 491: {
      if (!request.inDialog || history.waits.glare >= limits.maxGlareRounds) return giveUp('refused');
      const delayMs = 10 * (client.ownsCallId ? 210 + Math.floor(facts.random * 191) : Math.floor(facts.random * 201));
      return { action: { type: 'wait', delayMs, basis: 'glare', reorigination: 'retry' }, impact: 'transaction' };
    }
    case 500: {
      if (request.method !== 'REGISTER') return giveUp('unavailable');
      const whole = Math.min(1_800_000, 60_000 * 2 ** history.waits.backoff);
      const delayMs = Math.ceil(whole * (0.5 + facts.random / 2));
      return { action: { type: 'wait', delayMs, basis: 'backoff', reorigination: 'retry' }, impact: 'transaction' };
    }
    case 503: {
      const inUse = history.server ?? client.servers?.[0];
      const server = client.servers?.find((one) => one !== inUse && !history.serversTried.includes(one));
      if (server === undefined) return giveUp('unavailable');
      return { action: { type: 'tryOtherServer', server, reorigination: 'failover' }, impact: 'transaction' };
    }
    default:
      return giveUp('refused');
  }
}

function giveUp(reason, detail) {
  const action = detail === undefined ? { type: 'giveUp', reason } : { type: 'giveUp', reason, detail };
  return { action, impact: 'transaction' };
}

function realmOf({ challenge }) {
  return challenge.realm ?? '';
}
