import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { NodeDefinition, WorkflowDefinition } from '../../scripts/n8n/types';

const REPOSITORY = path.join(__dirname, '../..');
const EXAMPLES = path.join(REPOSITORY, 'examples');
const VIETNAMESE = ' (Tiếng Việt)';
const NOTE = 'n8n-nodes-base.stickyNote';
/** What stands for something of the user's own. */
const PLACEHOLDER = /example\.com|0071000888888|"chatId":"-?10{8,}"/;
/** Pixels of a node on the canvas with its label beneath. */
const NODE_SIZE = { width: 96, height: 120 };

const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
const definitionOf = (file: string) =>
	JSON.parse(readFileSync(path.join(EXAMPLES, file), 'utf8')) as WorkflowDefinition;

const textOf = ({ parameters }: NodeDefinition) => String(parameters.content);

/** Left, top, right and bottom on the canvas. */
function boxOf({ type, position, parameters }: NodeDefinition) {
	const [left, top] = position as [number, number];
	const { width, height } = (type === NOTE ? parameters : NODE_SIZE) as typeof NODE_SIZE;
	return { left, top, right: left + width, bottom: top + height };
}

function overlap(one: NodeDefinition, other: NodeDefinition): boolean {
	const [a, b] = [boxOf(one), boxOf(other)];
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Pixels that a note's text takes at least. */
function heightOf(note: NodeDefinition): number {
	const perLine = (Number(note.parameters.width) - 32) / 7.6;
	return textOf(note)
		.split('\n')
		.map((line) => {
			if (line.startsWith('## ')) return 32;
			return Math.ceil(line.replaceAll('**', '').length / perLine) * 20;
		})
		.reduce((sum, height) => sum + height, 0);
}

describe.each(files)('%s', (file) => {
	const { nodes } = definitionOf(file);
	const notes = nodes.filter(({ type }) => type === NOTE);
	const steps = nodes.filter(({ type }) => type !== NOTE);
	const english = notes.filter(({ name }) => !name.endsWith(VIETNAMESE));
	const vietnamese = notes.filter(({ name }) => name.endsWith(VIETNAMESE));

	/** Nodes that the notes name. */
	const named = (some: NodeDefinition[]) =>
		new Set(
			some
				.flatMap((note) => [...textOf(note).matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name))
				.filter((name) => steps.some((step) => step.name === name)),
		);

	test('says in English and in Vietnamese what to fill in', () => {
		expect(english.length).toBeGreaterThan(0);
		expect(vietnamese.map(({ name }) => name)).toEqual(
			english.map(({ name }) => name + VIETNAMESE),
		);
		english.forEach((note, index) => {
			expect(named([vietnamese[index]])).toEqual(named([note]));
			expect(textOf(vietnamese[index])).toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệ]/);
		});
		const asked = steps.filter(
			({ credentials, parameters }) => credentials || PLACEHOLDER.test(JSON.stringify(parameters)),
		);
		const forgotten = asked.filter(({ name }) => !named(english).has(name));
		expect(forgotten.map(({ name }) => name)).toEqual([]);
	});

	test('is tidy on the canvas: nothing covers anything, notes show all their text', () => {
		const covered = nodes.flatMap((one, index) =>
			nodes.slice(index + 1).flatMap((other) => {
				return overlap(one, other) ? [`${one.name} and ${other.name}`] : [];
			}),
		);
		expect(covered).toEqual([]);
		const cut = notes.filter((note) => heightOf(note) > Number(note.parameters.height));
		expect(cut.map(({ name }) => name)).toEqual([]);
	});

	test('holds no credential, no pinned data, and goes by n8n 1.0 order', () => {
		const definition = definitionOf(file);
		expect(Object.keys(definition).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
		expect(definition.settings).toMatchObject({ executionOrder: 'v1' });
		for (const { credentials = {} } of nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toBe('');
		}
	});

	test('stands in the table of examples and is shown by a picture, in both languages', () => {
		const picture = `images/examples/${path.basename(file, '.json')}.png`;
		for (const page of ['docs/examples.md', 'docs/vi/examples.md']) {
			const text = readFileSync(path.join(REPOSITORY, page), 'utf8');
			expect(text).toMatch(new RegExp(`^\\| \\[\`${file}\`\\]\\(\\S+\\) +\\| .{20,}`, 'm'));
			expect(text).toContain(`${picture})`);
		}
		expect(statSync(path.join(REPOSITORY, 'docs', picture)).size).toBeLessThanOrEqual(200_000);
	});
});

test('no Data Table has a name within that of another, since n8n finds them by a part of it', () => {
	const tables = new Set(
		files.flatMap((file) =>
			definitionOf(file).nodes.flatMap(({ parameters }) => (parameters.tableName as string) ?? []),
		),
	);
	const names = [...tables];
	expect(names.length).toBeGreaterThan(15);
	const within = names.filter((name) =>
		names.some((other) => other !== name && other.toLowerCase().includes(name.toLowerCase())),
	);
	expect(within).toEqual([]);
});

test('neither an example nor a node uses an expression that n8n 3.0 removes', () => {
	const folders = ['examples', 'nodes', 'credentials', 'packages/n8n-nodes-payt/nodes'];
	const sources = folders.flatMap((folder) =>
		readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(json|ts)$/.test(file))
			.map((file) => path.join(REPOSITORY, folder, file)),
	);
	expect(sources.length).toBeGreaterThan(300);
	const removed = /\$getPairedItem|\$evaluateExpression/;
	expect(sources.filter((file) => removed.test(readFileSync(file, 'utf8')))).toEqual([]);
});
