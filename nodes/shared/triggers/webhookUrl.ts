import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

/** Names without a dot or of local networks, and the private ranges of IPv4 and IPv6. */
const PRIVATE_HOST =
	/^([^.[]+|.*\.(localhost|local|internal|lan|home\.arpa)|(0|10|127)(\.\d+){3}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}|169\.254(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|192\.168(\.\d+){2}|\[(::|f[cd]|fe[89ab]).*\])$/i;

/**
 * Why a sender would refuse to deliver to this address, in words that follow the name of the field;
 * undefined when it would not (reference: "Address rules").
 *
 * @param longest the most characters that the sender takes
 * @param needsHttps whether an address without encryption is refused
 */
export function webhookUrlProblem(
	sender: string,
	address: string,
	longest = 300,
	needsHttps = true,
): string | undefined {
	const scheme = needsHttps ? 'https://' : 'https:// or http://';
	if (!URL.canParse(address)) return 'a URL like https://n8n.example.com/webhook/1';
	const { protocol, hostname } = new URL(address);
	if (!scheme.split(' or ').includes(`${protocol}//`)) return `a URL that starts with ${scheme}`;
	if (PRIVATE_HOST.test(hostname.replace(/\.$/, ''))) {
		return `a public URL that ${sender} can reach`;
	}
	return address.length > longest ? `at most ${longest} characters long` : undefined;
}

/**
 * The address that n8n has for the node, in production or for a test.
 *
 * @param otherWay what to do instead, where there is something
 * @throws NodeOperationError when the sender could not deliver to it
 */
export function webhookUrlOf(context: IHookFunctions, sender: string, otherWay?: string): string {
	const address = context.getNodeWebhookUrl('default') ?? '';
	const wanted = webhookUrlProblem(sender, address);
	if (!wanted) return address;
	throw new NodeOperationError(context.getNode(), `The webhook URL of n8n must be ${wanted}`, {
		description: `It is ${address}. Set WEBHOOK_URL of n8n to its public URL${otherWay ? `, or ${otherWay}` : ''}.`,
	});
}
