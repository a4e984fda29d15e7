import { randomUUID } from 'node:crypto';
import { giveConsent } from './oauthConsent';
import { Session } from './session';
import type {
	Credential,
	Execution,
	InstalledPackage,
	Item,
	TypeDescription,
	Workflow,
	WorkflowDefinition,
} from './types';
import { waitUntil } from './waitUntil';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export const OWNER: Owner = {
	email: 'owner@example.com',
	password: 'Passw0rd123',
	firstName: 'Local',
	lastName: 'Owner',
};

const FINAL_STATUSES = ['success', 'error', 'canceled', 'crashed'];
const STATUSES = ['new', 'running', 'waiting', 'unknown', ...FINAL_STATUSES];

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An answer of n8n that is not a success. */
export class N8nError extends Error {
	constructor(
		readonly status: number,
		request: string,
		text: string,
	) {
		super(`n8n answered ${request} with ${status}: ${messageOf(text)}`);
	}
}

function messageOf(text: string): string {
	try {
		const { message } = JSON.parse(text) as { message?: string };
		return message ?? text;
	} catch {
		return text;
	}
}

/** What an execution's node put out at its first run; empty when it did not run. */
export function itemsOf(execution: Execution, node: string, output = 0): Item[] {
	return execution.data.resultData.runData[node]?.[0]?.data?.main?.[output] ?? [];
}

/** Speaks to one n8n as its owner; every method throws an N8nError when n8n refuses. */
export class N8nClient {
	private apiKey?: string;
	/** IDs and names of what was stored through this client or, of tables, read. */
	private readonly workflows = new Set<string>();
	private readonly stored = new Set<string>();
	private readonly tables = new Set<string>();

	/**
	 * @param url `http://127.0.0.1:<port>`
	 * @param session in which the owner is signed in, if there is one
	 */
	constructor(
		readonly url: string,
		private session = new Session(),
	) {}

	/** Those of the owner's session, for another client. */
	get cookies(): Session['cookies'] {
		return this.session.cookies;
	}

	/** Makes the owner of a fresh n8n, or logs in where there is one. */
	async signIn(owner: Owner = OWNER): Promise<void> {
		this.session = new Session();
		try {
			await this.rest('POST', '/owner/setup', owner);
		} catch (error) {
			if (!(error instanceof N8nError && error.status === 400)) throw error;
		}
		await this.rest('POST', '/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	}

	/**
	 * Invites another person, who sees nothing of what the owner stored, and accepts for them.
	 * @returns the client that is signed in as them
	 */
	async addMember(member: Owner): Promise<N8nClient> {
		const invitation = [{ email: member.email, role: 'global:member' }];
		const [{ user }] = await this.rest<Array<{ user: { inviteAcceptUrl: string } }>>(
			'POST',
			'/invitations',
			invitation,
		);
		const token = new URL(user.inviteAcceptUrl).searchParams.get('token');
		const client = new N8nClient(this.url);
		await client.rest('POST', '/invitations/accept', { ...member, token });
		return client;
	}

	/**
	 * Installs a community package as Settings > Community nodes does, without a restart.
	 * The package comes from the npm registry, or from what `offerPackages` told the instance.
	 */
	async installPackage(name: string): Promise<InstalledPackage> {
		return await this.rest('POST', '/community-packages', { name });
	}

	/** Replaces an installed package by the newest version, as Settings > Community nodes does. */
	async updatePackage(name: string): Promise<InstalledPackage> {
		return await this.rest('PATCH', '/community-packages', { name });
	}

	async uninstallPackage(name: string): Promise<void> {
		await this.rest('DELETE', `/community-packages?name=${encodeURIComponent(name)}`);
	}

	async installedPackages(): Promise<InstalledPackage[]> {
		return await this.rest('GET', '/community-packages');
	}

	/** Node types as the editor's node panel gets them; those for AI agents end in `Tool`. */
	async nodeTypes(): Promise<TypeDescription[]> {
		return (await this.page('/types/nodes.json')).json() as Promise<TypeDescription[]>;
	}

	async credentialTypes(): Promise<TypeDescription[]> {
		return (await this.page('/types/credentials.json')).json() as Promise<TypeDescription[]>;
	}

	/** Anything that n8n serves, such as an icon; `path` with or without its leading slash. */
	async page(path: string): Promise<Response> {
		const response = await this.session.fetch(new URL(path, `${this.url}/`).href);
		if (!response.ok) throw new N8nError(response.status, `GET ${path}`, await response.text());
		return response;
	}

	async createCredential(
		type: string,
		name: string,
		data: Record<string, unknown>,
	): Promise<Credential> {
		const made = await this.rest<Credential>('POST', '/credentials', { type, name, data });
		this.stored.add(made.id);
		return made;
	}

	async deleteCredential(id: string): Promise<void> {
		await this.rest('DELETE', `/credentials/${id}`);
		this.stored.delete(id);
	}

	async updateCredential(credential: Credential, data: Record<string, unknown>): Promise<void> {
		const { id, name, type } = credential;
		await this.rest('PATCH', `/credentials/${id}`, { id, name, type, data });
	}

	async credentials(): Promise<Credential[]> {
		return await this.rest('GET', '/credentials');
	}

	async credential(id: string): Promise<Credential> {
		return await this.rest('GET', `/credentials/${id}?includeData=true`);
	}

	/** Runs the credential's own test. */
	async testCredential(
		credential: Credential,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const { id, name, type, data } = await this.credential(credential.id);
		return await this.rest('POST', '/credentials/test', { credentials: { id, name, type, data } });
	}

	/**
	 * Connects an OAuth2 credential the way a person does, consent page included.
	 * @throws with the words of n8n's last page when it ends unconnected
	 */
	async connectOAuth2(id: string): Promise<void> {
		const address = await this.rest<string>('GET', `/oauth2-credential/auth?id=${id}`);
		const said = await giveConsent(this.session, address, this.url);
		const { data } = await this.credential(id);
		if (!data?.oauthTokenData || /error/i.test(said)) {
			throw new Error(`The credential is not connected: ${said}`);
		}
	}

	/** Stores a workflow; with `id`, in place of the one that has it. */
	async saveWorkflow(definition: WorkflowDefinition, id?: string): Promise<Workflow> {
		const body = { settings: { executionOrder: 'v1' }, ...definition };
		if (id === undefined) {
			const made = await this.rest<Workflow>('POST', '/workflows', body);
			this.workflows.add(made.id);
			return made;
		}
		const { versionId } = await this.workflow(id);
		return await this.rest('PATCH', `/workflows/${id}`, { ...body, versionId });
	}

	async workflow(id: string): Promise<Workflow> {
		return await this.rest('GET', `/workflows/${id}`);
	}

	/** Deletes a workflow, once n8n lets it: not while it is still being unpublished. */
	async deleteWorkflow(id: string): Promise<void> {
		await waitUntil(`workflow ${id} is deleted`, async () => {
			await this.rest('POST', `/workflows/${id}/archive`, {}).catch(() => undefined);
			return await this.rest('DELETE', `/workflows/${id}`).then(
				() => true,
				() => false,
			);
		});
		this.workflows.delete(id);
	}

	/** Removes the workflows, credentials and Data Tables that this client has dealt with. */
	async removeAll(): Promise<void> {
		for (const id of this.workflows) {
			await this.unpublish(id);
			await this.deleteWorkflow(id);
		}
		for (const id of this.stored) await this.deleteCredential(id);
		for (const name of this.tables) {
			await this.api('DELETE', `/data-tables/${await this.tableId(name)}`);
		}
		this.tables.clear();
	}

	/** Starts a workflow as the editor's button does. @returns id of the execution */
	async startWorkflow(id: string, trigger?: string): Promise<string> {
		const workflowData = await this.workflow(id);
		const name = trigger ?? workflowData.nodes.find(({ type }) => /trigger$/i.test(type))?.name;
		const { executionId } = await this.rest<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			{ workflowData, triggerToStartFrom: { name } },
		);
		return executionId;
	}

	/** Starts a workflow and waits for its end, which may be an error. */
	async runWorkflow(id: string, trigger?: string, timeoutMs = 60_000): Promise<Execution> {
		return await this.waitUntilEnded(await this.startWorkflow(id, trigger), timeoutMs);
	}

	async waitUntilEnded(executionId: string, timeoutMs = 60_000): Promise<Execution> {
		return await waitUntil(
			`execution ${executionId} ended`,
			async () => {
				const execution = await this.execution(executionId);
				return FINAL_STATUSES.includes(execution.status) && execution;
			},
			timeoutMs,
		);
	}

	/** Waits for an execution of the workflow that is wanted and has ended, whatever its end. */
	async waitUntilExecuted(
		workflowId: string,
		isWanted: (execution: Execution) => boolean,
		timeoutMs = 60_000,
	): Promise<Execution> {
		return await waitUntil(
			`workflow ${workflowId} was executed as wanted`,
			async () => {
				const executions = await this.executions(workflowId);
				return executions.find((one) => FINAL_STATUSES.includes(one.status) && isWanted(one));
			},
			timeoutMs,
		);
	}

	async execution(id: string): Promise<Execution> {
		return await this.api('GET', `/executions/${id}?includeData=true`);
	}

	/**
	 * All executions of the workflow with their data, the oldest first, once each of them has ended; at
	 * most 250. `executions` has none that still runs, and so cannot say that there is no other one.
	 */
	async endedExecutions(workflowId: string, timeoutMs = 60_000): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: STATUSES }));
		return await waitUntil(
			`every execution of workflow ${workflowId} has ended`,
			async () => {
				const executions = await this.executions(workflowId);
				const { count } = await this.rest<{ count: number }>('GET', `/executions?filter=${filter}`);
				const ended = executions.filter(({ status }) => FINAL_STATUSES.includes(status));
				return ended.length === count && ended.reverse();
			},
			timeoutMs,
		);
	}

	/**
	 * The newest executions with their data, newest first; at most 250. n8n leaves out those that still
	 * run, also when all that they do is done and they are about to be stored.
	 * @param workflowId default: every workflow that was stored through this client
	 */
	async executions(workflowId?: string): Promise<Execution[]> {
		if (workflowId === undefined) {
			const all: Execution[] = [];
			for (const id of this.workflows) all.push(...(await this.executions(id)));
			return all;
		}
		const query = `includeData=true&limit=250&workflowId=${workflowId}`;
		return (await this.api<{ data: Execution[] }>('GET', `/executions?${query}`)).data;
	}

	/** The rows of a Data Table, the oldest first; at most 250. */
	async tableRows(table: string): Promise<Array<Record<string, unknown>>> {
		const path = `/data-tables/${await this.tableId(table)}/rows?limit=250&sortBy=id%3Aasc`;
		return (await this.api<{ data: Array<Record<string, unknown>> }>('GET', path)).data;
	}

	/** Adds rows to a Data Table. */
	async addTableRows(table: string, data: Array<Record<string, unknown>>): Promise<void> {
		await this.api('POST', `/data-tables/${await this.tableId(table)}/rows`, { data });
	}

	private async tableId(name: string): Promise<string> {
		const { data } = await this.api<{ data: Array<{ id: string; name: string }> }>(
			'GET',
			'/data-tables?limit=250',
		);
		const found = data.find((table) => table.name === name);
		if (!found) throw new Error(`There is no Data Table "${name}"`);
		this.tables.add(name);
		return found.id;
	}

	/** Puts the stored version of a workflow live; its triggers are live when this returns or 1–3 s after. */
	async publish(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.rest('POST', `/workflows/${id}/activate`, { versionId });
	}

	async unpublish(id: string): Promise<void> {
		await this.rest('POST', `/workflows/${id}/deactivate`, {});
	}

	/**
	 * Waits until n8n has done what `publish` or `unpublish` asked for: triggers closed, those of the
	 * new version running, the first poll made and stored. 2.30.0 does it before it answers.
	 */
	async waitUntilApplied(id: string, timeoutMs = 60_000): Promise<void> {
		const isApplied = async () =>
			await this.rest<{ status: string }>('GET', `/workflows/${id}/publication-status`).then(
				({ status }) => status !== 'in_progress',
				(error: N8nError) => error.status === 404,
			);
		await waitUntil(`what was asked for workflow ${id} is applied`, isApplied, timeoutMs);
	}

	/** n8n's internal API, which its editor uses; `path` below `/rest`. */
	async rest<T = unknown>(method: Method, path: string, body?: unknown): Promise<T> {
		const answer = await this.send<{ data: T }>(method, `/rest${path}`, body, {});
		return answer.data;
	}

	/** n8n's public API; `path` below `/api/v1`. */
	async api<T = unknown>(method: Method, path: string, body?: unknown): Promise<T> {
		this.apiKey ??= await this.createApiKey();
		return await this.send(method, `/api/v1${path}`, body, { 'x-n8n-api-key': this.apiKey });
	}

	private async createApiKey(): Promise<string> {
		const scopes = await this.rest<string[]>('GET', '/api-keys/scopes');
		const { rawApiKey } = await this.rest<{ rawApiKey: string }>('POST', '/api-keys', {
			label: `local ${randomUUID()}`,
			expiresAt: null,
			scopes,
		});
		return rawApiKey;
	}

	private async send<T>(
		method: Method,
		path: string,
		body: unknown,
		headers: Record<string, string>,
	): Promise<T> {
		const response = await this.session.fetch(`${this.url}${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'push-ref': 'local', ...headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new N8nError(response.status, `${method} ${path}`, text);
		return (text === '' ? {} : JSON.parse(text)) as T;
	}
}
