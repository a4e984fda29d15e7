import {
	chromium as launcher,
	type Browser,
	type BrowserContextOptions,
	type Locator,
	type Page,
} from 'playwright-core';
import { chromium, CHROMIUM_ARGS } from './browser';
import { OWNER, type Owner } from './n8n/client';
import { waitUntil } from './n8n/waitUntil';

/** What the form of a node shows. */
export interface Form {
	/** Of the node. */
	name: string;
	/** Of the parameters, without those of the credentials. */
	labels: string[];
	/** Those that are marked. */
	red: string[];
}

/** n8n's editor in Chromium, used as a person uses it. Names of parameters are those of the nodes. */
export class Editor {
	private constructor(
		readonly url: string,
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	/** Opens the editor of an n8n and signs in. */
	static async open(
		url: string,
		options: BrowserContextOptions = {},
		{ email, password }: Pick<Owner, 'email' | 'password'> = OWNER,
	): Promise<Editor> {
		const browser = await launcher.launch({ executablePath: chromium(), args: CHROMIUM_ARGS });
		const context = await browser.newContext({
			viewport: { width: 1440, height: 900 },
			reducedMotion: 'reduce',
			...options,
		});
		const page = await context.newPage();
		page.setDefaultTimeout(60_000);
		await page.goto(`${url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', email);
		await page.fill('input[name=password]', password);
		await page.keyboard.press('Enter');
		const editor = new Editor(url, browser, page);
		// Until it is there, n8n goes on to its home page by itself.
		await editor.id('project-home-menu-item').waitFor();
		return editor;
	}

	/** Leaves an open workflow first, which n8n else holds for a tab that is gone. */
	async close(): Promise<void> {
		await this.page.goto('about:blank');
		await this.browser.close();
	}

	/** What has the test ID, within the part of the page. */
	id(testId: string, within: Page | Locator = this.page): Locator {
		return within.locator(`[data-test-id="${testId}"]`);
	}

	/** The name of the node whose form is open. */
	private get openName(): Locator {
		return this.id('inline-edit-preview', this.id('ndv')).first();
	}

	/** Goes to a place as n8n's own links do: to load the editor again takes seconds. */
	private async goTo(place: { path: string } | { params: object }): Promise<void> {
		await this.page.evaluate(
			`(({ push, currentRoute }) => push({ query: currentRoute.value.query, ...${JSON.stringify(place)} }))
				(document.querySelector('#app').__vue_app__.config.globalProperties.$router)`,
		);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.id('canvas-node').first().waitFor();
	}

	/** Goes to a workflow from the home page or from one in which nothing is unsaved. */
	async switchToWorkflow(id: string): Promise<void> {
		await this.closeNode();
		const before = await this.id('canvas').elementHandles();
		await this.goTo({ path: `/workflow/${id}` });
		for (const canvas of before) await canvas.waitForElementState('hidden');
		await this.id('canvas-node').first().waitFor();
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.id('canvas-add-button').waitFor();
	}

	/** Puts what the file has, a path or its content, onto the canvas, in place of what is there. */
	async importWorkflow(file: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
		await this.closeNode();
		await this.page.keyboard.press('Control+a');
		await this.page.keyboard.press('Delete');
		await this.id('canvas-add-button').waitFor();
		await this.id('workflow-import-input').setInputFiles(file);
		await this.id('canvas-node').first().waitFor();
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the form of a node: from that of another by its link, else by a double click. */
	async openNode(name: string): Promise<void> {
		const node = this.node(name);
		if (await this.id('ndv').isVisible()) {
			const onCanvas = this.page.locator('.vue-flow__node', { has: node });
			await this.goTo({ params: { nodeId: await onCanvas.getAttribute('data-id') } });
		} else {
			// At its lower edge, because its buttons reach down into it where the canvas shows many.
			const { width, height } = (await node.boundingBox())!;
			await node.dblclick({ position: { x: width / 2, y: height * 0.9 } });
		}
		await waitUntil('its form is open', async () => (await this.openName.innerText()) === name);
		// What is required and missing is marked a moment later.
		await this.id('parameter-item').first().waitFor();
	}

	async closeNode(): Promise<void> {
		if (!(await this.id('ndv').isVisible())) return;
		await this.id('ndv-close-button').click();
		await this.id('ndv').waitFor({ state: 'hidden' });
	}

	parameter(name: string, within: Page | Locator = this.page): Locator {
		return this.id(`parameter-input-${name}`, within);
	}

	/** Opens the list of a parameter. @returns its entries */
	async listOf(name: string, within: Page | Locator = this.page): Promise<Locator> {
		const input = this.parameter(name, within).locator('input').first();
		// Not by the mouse, because the lists come and go with an animation.
		await input.dispatchEvent('click');
		return this.page.locator(`[id="${await input.getAttribute('aria-controls')}"] li`);
	}

	/** Picks the entry of a list that has this name. */
	async choose(name: string, entry: string, within: Page | Locator = this.page): Promise<void> {
		const entries = await this.listOf(name, within);
		const named = this.page.locator(`.option-headline:text-is(${JSON.stringify(entry)})`);
		await entries.filter({ has: named }).dispatchEvent('click');
	}

	/** What the open form shows at this moment. */
	async readForm(): Promise<Form> {
		const parameters = await this.id('node-parameters')
			.locator('[data-test-id="parameter-item"]:visible')
			.evaluateAll((items) =>
				items
					// Not those within another.
					.filter((item) => !item.parentElement?.closest('[data-test-id="parameter-item"]'))
					.map((item) => ({
						label: item
							.querySelector('[data-test-id="input-label"]')
							?.innerText.split('\n')[0]
							.trim(),
						isRed: item.querySelector('[data-test-id="parameter-issues"]') !== null,
					}))
					.filter(({ label }) => label),
			);
		return {
			name: await this.openName.innerText(),
			labels: parameters.map(({ label }) => label!),
			red: parameters.filter(({ isRed }) => isRed).map(({ label }) => label!),
		};
	}

	/** The nodes that the canvas shows in red. */
	async redNodes(): Promise<string[]> {
		return await this.page
			.locator('[data-test-id="canvas-node"]:has([data-test-id="node-issues"])')
			.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name')!));
	}

	/** The parameters that the form shows in red. */
	async redParameters(): Promise<string[]> {
		return await this.page
			.locator('[data-test-id^="parameter-input-"].has-issues')
			.evaluateAll((inputs) =>
				inputs.map((input) => input.getAttribute('data-test-id')!.replace('parameter-input-', '')),
			);
	}

	/** Asks to publish the open workflow. */
	async publish(): Promise<void> {
		await this.closeNode();
		await this.id('workflow-open-publish-modal-button').click();
		await this.id('workflow-publish-button').click();
	}

	/** A message that n8n shows in its corner. */
	toast(text: RegExp): Locator {
		return this.page.locator('.el-notification').filter({ hasText: text });
	}

	/** Types into the search of the node panel, which is opened for it. */
	async search(text: string): Promise<void> {
		const box = this.id('node-creator-search-bar');
		if (!(await box.isVisible())) await this.id('node-creator-plus-button').first().click();
		await box.fill(text);
	}
}
