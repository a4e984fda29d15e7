import type {
	IAllExecuteFunctions,
	INodeCredentialDescription,
	INodeProperties,
} from 'n8n-workflow';
import * as byOAuth2 from './oAuth2Api';
import * as byToken from './tokenApi';

/** What is shown only where the node signs in that way. */
export const whenAuthenticatedBy = (way: 'oAuth2' | 'apiToken') => ({ authentication: [way] });

/** How the node signs in; workflows from before there was a choice do it by OAuth2. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'API Token',
			value: 'apiToken',
			description: 'A token that you create at SePay; IDs are UUIDs',
		},
		{
			name: 'OAuth2',
			value: 'oAuth2',
			description: 'An application that SePay approved for you; IDs are whole numbers',
		},
		// Of no version of the node. Without it, n8n's editor would take the parameter out of the form
		// and set it to fit whatever credential there is.
		{ name: 'None', value: 'none', displayOptions: { show: { '@version': [0] } } },
	],
	default: 'oAuth2',
	description:
		'Orders, refunds and virtual accounts need an API token; company, profile and webhooks need OAuth2',
};

/** The credentials of a node with {@link authentication}. */
export const credentials: INodeCredentialDescription[] = [
	{
		name: 'sePayOAuth2Api',
		required: true,
		// Lists get the parameters as they were saved, in older workflows without this one; n8n's editor
		// chooses for an imported node before it fills in defaults.
		displayOptions: {
			show: { authentication: ['oAuth2', { _cnd: { not: 'apiToken' } } as unknown as string] },
		},
	},
	{
		name: 'sePayTokenApi',
		required: true,
		displayOptions: { show: whenAuthenticatedBy('apiToken') },
	},
];

/** Whether the node signs in by an API token, so that IDs are UUIDs. */
export function isTokenAuth(context: Pick<IAllExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().parameters.authentication === 'apiToken';
}

/** Whose data the node reads: the ID of the credential in n8n, and the address that it is for. */
export async function dataSourceKey(context: IAllExecuteFunctions): Promise<string> {
	const { credentialType, baseUrl } = isTokenAuth(context) ? byToken.sePayToken : byOAuth2.sePay;
	const address = baseUrl(await context.getCredentials(credentialType));
	return `${context.getNode().credentials?.[credentialType]?.id} ${address}`;
}

const apiFor = (context: IAllExecuteFunctions) => (isTokenAuth(context) ? byToken : byOAuth2);

/** Reads one object from the API that the node signs in at. */
export const readObject: typeof byOAuth2.readObject = async function (request) {
	return await apiFor(this).readObject.call(this, request);
};

/** The reader of a list of the API that the node signs in at. */
export const pageReader: typeof byOAuth2.pageReader = function (request) {
	return apiFor(this).pageReader.call(this, request);
};
