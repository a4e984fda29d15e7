import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Credentials } from 'n8n-core';

const oAuth2Api: ICredentialType = {
	name: 'oAuth2Api',
	displayName: 'OAuth2 API',
	properties: [
		{ displayName: 'Client ID', name: 'clientId', type: 'string', default: '' },
		{ displayName: 'Client Secret', name: 'clientSecret', type: 'string', default: '' },
		{ displayName: 'Grant', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
	],
};

const noNodeTypes = {
	getByName: () => undefined,
	getByNameAndVersion: () => undefined,
	getKnownTypes: () => ({}),
} as never;

const { expression } = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: noNodeTypes,
});

/**
 * What n8n's own credentials helper does, with a plain object for its database: the real one lives
 * in the n8n server. Sign-in by OAuth2 itself is n8n-core's and not replaced.
 */
export class TestCredentials extends ICredentialsHelper {
	private readonly types: Record<string, ICredentialType>;
	/** Resolved before, by what was stored: expressions are slow and each call asks several times. */
	private readonly resolved = new Map<string, ICredentialDataDecryptedObject>();

	/** @param store what the database holds, by credential type; refreshed tokens appear in it */
	constructor(
		types: ICredentialType[],
		public store: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
		this.types = Object.fromEntries([oAuth2Api, ...types].map((type) => [type.name, type]));
	}

	getParentTypes(name: string): string[] {
		const own = this.types[name]?.extends ?? [];
		return own.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(
		data: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	) {
		const rule = this.types[typeName].authenticate;
		if (typeof rule === 'function') return await rule(data, options);
		const resolve = (value: unknown) =>
			typeof value === 'string' && value.startsWith('=')
				? String(
						workflow!.expression.getSimpleParameterValue(
							node!,
							value,
							'internal',
							{ $credentials: data } as never,
							undefined,
							'',
						),
					)
				: value;
		const target = options as unknown as Record<string, Record<string, unknown>>;
		for (const [part, fields] of Object.entries(rule?.properties ?? {})) {
			target[part] ??= {};
			for (const [key, value] of Object.entries(fields as object)) {
				target[part][String(resolve(key))] = resolve(value);
			}
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		expired: boolean,
	) {
		const type = this.types[typeName];
		const token = type.properties.find((property) => property.typeOptions?.expirable);
		if (!token || !type.preAuthentication) return undefined;
		const isTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (data[token.name] !== '' && !expired && !isTest) return undefined;
		const fresh = await type.preAuthentication.call(helpers, data);
		if (fresh[token.name] === undefined || !node.credentials) return undefined;
		this.store[typeName] = { ...this.store[typeName], ...fresh } as ICredentialDataDecryptedObject;
		return Object.assign(data, fresh);
	}

	async runPreAuthentication() {
		return undefined;
	}

	getOAuth2Options() {
		return undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string) {
		return new Credentials({ id: details.id, name: details.name }, type);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
		_mode: unknown,
		_executeData?: unknown,
		raw?: boolean,
	) {
		const stored = { ...this.store[type] };
		if (raw) return stored;
		const key = type + JSON.stringify(stored);
		if (!this.resolved.has(key)) this.resolved.set(key, this.resolve(type, stored));
		return structuredClone(this.resolved.get(key)!);
	}

	private resolve(type: string, stored: ICredentialDataDecryptedObject) {
		const data = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (stored.oauthTokenData) data.oauthTokenData = stored.oauthTokenData;
		const mock = { id: 'c', name: 'c', type: 'mock', typeVersion: 1, position: [0, 0] } as never;
		for (const [name, value] of Object.entries(data)) {
			if (typeof value !== 'string' || !value.startsWith('=')) continue;
			data[name] = expression.getSimpleParameterValue(
				mock,
				value,
				'internal',
				{ $self: data } as never,
				undefined,
				value,
			) as string;
		}
		return data;
	}

	async updateCredentials(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	) {
		this.store[type] = data;
	}

	async updateCredentialsOauthTokenData(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	) {
		this.store[type] = { ...this.store[type], oauthTokenData: data.oauthTokenData };
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties = [] } = this.types[type] ?? {};
		const inherited = parents.flatMap((parent) => this.getCredentialsProperties(parent));
		const own = new Set(properties.map(({ name }) => name));
		return [...inherited.filter(({ name }) => !own.has(name)), ...properties];
	}
}
