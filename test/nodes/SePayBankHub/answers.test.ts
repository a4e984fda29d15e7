import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { SePayBankHub } from '../../../nodes/SePayBankHub/SePayBankHub.node';
import { ApiError } from '../../sandbox/apiError';
import { defaultVariants, ERROR_SHAPES, errorAnswer, type Variants } from '../../sandbox/bankHub';
import { answerForms, binary, isRead, node, operations, useBankHubTester } from './bankHub';

const tester = useBankHubTester({ transactions: 3 });
const { properties } = new SePayBankHub().description;
const optionsOf = (name: string) => properties.filter((property) => property.name === name);
const writes = () => operations(tester).filter((operation) => !isRead(operation));

test('the table has every operation of the node', () => {
	const resources = optionsOf('resource')[0].options as INodePropertyOptions[];
	const names = optionsOf('operation').flatMap(({ displayOptions, options }) => {
		const { name } = resources.find(({ value }) => value === displayOptions!.show!.resource![0])!;
		return (options as INodePropertyOptions[]).map((option) => `${name}: ${option.name}`);
	});
	expect(operations(tester).map(([name]) => name)).toEqual(names);
});

describe.each(answerForms)('with %s', (_name, variants) => {
	const companyId = () =>
		operations(tester).find(([name]) => name === 'Company: Get')![1].companyId;
	const under = async (given: Partial<Variants>, parameters: INodeParameters) => {
		Object.assign(tester.hub.variants, defaultVariants, given);
		return await tester.rows(parameters, { binary });
	};

	beforeEach(async () => {
		await tester.rows(node('linkToken', 'create', { companyId: companyId() }));
	});

	test('what is read comes out as it does when all is as the documents show', async () => {
		const isSimplified = ({ resource, operation }: INodeParameters) =>
			properties.some(
				({ name, displayOptions }) =>
					name === 'simplify' &&
					displayOptions!.show!.resource!.includes(resource as string) &&
					displayOptions!.show!.operation!.includes(operation as string),
			);
		for (const [name, parameters] of operations(tester).filter(isRead)) {
			const documented = await under({}, parameters);
			expect(documented).not.toEqual([]);
			const rows = await under(variants, parameters);
			if (isSimplified(parameters)) expect([name, rows]).toEqual([name, documented]);
		}
	});

	test('what is done is not taken for refused', async () => {
		for (const [name, parameters] of writes()) {
			expect([name, await under(variants, parameters)]).toEqual([name, [expect.anything()]]);
		}
	});
});

describe.each(ERROR_SHAPES)('a refusal as %s', (errorShape) => {
	test.each(['documented', 200, 201] as const)(
		'is one with the status %s, for every operation',
		async (refusalStatus) => {
			const words = 'Không hợp lệ';
			const { status, headers, body } = errorAnswer(
				new ApiError(400, words, { fields: { name: words } }),
				{ path: '' },
				{ ...tester.hub.variants, errorShape, refusalStatus },
			);
			const answer = { status, body, contentType: headers['content-type'] };
			tester.hub.fault({ path: /^\/v1\/(?!token)/, times: Infinity, answer });
			for (const [name, parameters] of operations(tester)) {
				tester.hub.clearRequests();
				const { message } = await tester.failure(parameters, { binary });
				const told =
					errorShape !== 'html'
						? `rejected the request (HTTP ${status}): `
						: status === 400
							? 'rejected the request (HTTP 400)'
							: 'returned a web page instead of';
				expect([name, message]).toEqual([name, expect.stringContaining(told)]);
				if (errorShape !== 'html') expect(message).toContain(words);
				expect([name, tester.calls()]).toEqual([name, [expect.anything()]]);
			}
		},
	);
});
