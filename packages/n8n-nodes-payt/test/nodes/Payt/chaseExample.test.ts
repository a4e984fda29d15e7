import { Workflow } from 'n8n-workflow';
import { TestNodeTypes } from '../../../../../test/harness/run';
import example from '../../../examples/chase-overdue-invoices.json';
import { Payt as PaytNode } from '../../../nodes/Payt/Payt.node';
import { everyOperation } from './operations';
import { usePaytTester } from './payt';

const tester = usePaytTester();

/** What the example writes down of a reminder that the node put out as failed. */
function writtenOf(error: unknown): unknown {
	const { parameters } = example.nodes.find(({ name }) => name === 'Failed')!;
	const { status, tryAgain } = parameters.columns!.value as Record<string, string>;
	const type = 'payt';
	const node = { id: '1', name: type, type, typeVersion: 1, position: [0, 0], parameters: {} };
	const { expression } = new Workflow({
		nodes: [node as never],
		connections: {},
		active: false,
		nodeTypes: new TestNodeTypes({ [type]: new PaytNode() }),
	});
	return [status, tryAgain].map((value) =>
		expression.getParameterValue(
			value,
			null,
			0,
			0,
			type,
			[{ json: { error } } as never],
			'manual',
			{},
		),
	);
}

describe('the example that chases overdue invoices', () => {
	test.each([
		['after', 'cut', ['unclear', 'no']],
		['after', { status: 502 }, ['unclear', 'no']],
		['after', 'halfJson', ['unclear', 'no']],
		[
			'before',
			{ status: 422, body: { code: 'x', message: 'Payt sent no e-mail' } },
			['failed', 'yes'],
		],
		['before', { status: 403, body: { code: 'forbidden', message: 'No' } }, ['failed', 'yes']],
	] as const)(
		'sends a reminder again only when it certainly did not go out: %s, %j',
		async (when, answer, written) => {
			const { parameters } = everyOperation(tester).find(({ name }) => name === 'message send')!;
			tester.payt.fault({ path: '/v1/messages', when, answer });
			const { errorItems } = await tester.run(parameters, { onError: 'continueErrorOutput' });
			expect(writtenOf(errorItems[0].json.error)).toEqual(written);
		},
	);
});
