import type { IHookFunctions } from 'n8n-workflow';
import { webhookUrlOf, webhookUrlProblem } from '../../../../nodes/shared/triggers/webhookUrl';

const PRIVATE = 'a public URL that SePay can reach';

test.each([
	...['shop.example.com', 'shop.example.com.', 'local.example', 'shop.local.vn', '1.1.1.1'],
	...['11.1.2.3', '100.63.1.2', '100.128.1.2', '169.253.1.2', '169.255.1.2', '172.15.1.2'],
	...['172.32.1.2', '192.167.1.2', '192.169.1.2', '1.127.0.0', '[2001:db8::1]', '[fe00::1]'],
	...['10.example.com', '100.70.example.com', '172.16.example.com', '192.168.example.com'],
	...['169.254.example.com', 'a.10.0.0.1.example.com', 'fc.example.com'],
])('%s is public', (host) => {
	expect(webhookUrlProblem('SePay', `https://${host}/hook`)).toBeUndefined();
});

test.each([
	...['n8n', 'n8n.', 'LOCALHOST', 'n8n.localhost', 'n8n.local', 'n8n.internal', 'n8n.lan'],
	...['n8n.home.arpa', 'a.b.local', '0.0.0.0', '10.1.2.3', '127.0.0.1', '2130706433'],
	...['100.64.1.2', '100.69.1.2', '100.70.1.2', '100.99.1.2', '100.100.1.2', '100.119.1.2'],
	...['100.120.1.2', '100.127.1.2', '169.254.1.2', '172.16.1.2', '172.19.1.2', '172.20.1.2'],
	...['172.29.1.2', '172.30.1.2', '172.31.255.255', '192.168.100.200', '10.100.200.255'],
	...['[::1]', '[fc00::1]', '[fd00::1]', '[fe80::1]', '[fe9a::1]', '[feaa::1]', '[febf::1]'],
])('%s is private', (host) => {
	expect(webhookUrlProblem('SePay', `https://${host}/hook`)).toBe(PRIVATE);
});

test.each([
	['n8n.example.com/hook', 'a URL like https://n8n.example.com/webhook/1'],
	['http://n8n.example.com', 'a URL that starts with https://'],
	['ftp://n8n.example.com', 'a URL that starts with https://'],
	[`https://n8n.example.com/${'a'.repeat(276)}`, undefined],
	[`https://n8n.example.com/${'a'.repeat(277)}`, 'at most 300 characters long'],
])('%s must be %s', (url, problem) => expect(webhookUrlProblem('SePay', url)).toBe(problem));

test('without encryption and longer, where the sender takes that', () => {
	const problem = (url: string) => webhookUrlProblem('SePay', url, Infinity, false);
	expect(problem(`http://n8n.example.com/${'a'.repeat(300)}`)).toBeUndefined();
	expect(problem('https://n8n.example.com')).toBeUndefined();
	expect(problem('ftp://n8n.example.com')).toBe('a URL that starts with https:// or http://');
});

test('the URL of n8n, or why not and what to do', () => {
	const asked: string[] = [];
	const at = (url?: string) =>
		({
			getNodeWebhookUrl: (name: string) => (asked.push(name), url),
			getNode: () => ({ name: 'Trigger' }),
		}) as unknown as IHookFunctions;
	const urlOf = (url?: string, otherWay?: string) => {
		try {
			return webhookUrlOf(at(url), 'SePay', otherWay);
		} catch ({ message, description }) {
			return [message, description];
		}
	};
	expect(urlOf('https://n8n.example.com/hook')).toBe('https://n8n.example.com/hook');
	expect(urlOf('https://n8n.local/hook')).toEqual([
		`The webhook URL of n8n must be ${PRIVATE}`,
		'It is https://n8n.local/hook. Set WEBHOOK_URL of n8n to its public URL.',
	]);
	expect(urlOf(undefined, 'poll')).toEqual([
		'The webhook URL of n8n must be a URL like https://n8n.example.com/webhook/1',
		'It is . Set WEBHOOK_URL of n8n to its public URL, or poll.',
	]);
	expect(new Set(asked)).toEqual(new Set(['default']));
});
